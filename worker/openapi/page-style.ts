/** The colours are those of dashboard/tokens.css; the page carries them itself, since the dashboard's files have changing names. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--surface:light-dark(#f6f8fa,#0c1117);--raised:light-dark(#fff,#121922);--sunk:light-dark(#eef2f5,#0a0e13);
--line:light-dark(#dbe2e9,#212b37);--text:light-dark(#111a23,#e6edf3);--muted:light-dark(#4a5a6a,#9fb0c0);--accent:light-dark(#0f766e,#5eead4);
--warn:light-dark(#8a5a10,#f2b84b);--bad:light-dark(#c2352f,#f4716b);--mono:"JetBrains Mono",ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;
font:14px/1.5 Inter,system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
*{box-sizing:border-box}body{margin:0 auto;max-width:70rem;padding:1.5rem;background:var(--surface);color:var(--text)}
h1{font-size:1.4rem;margin:0}h1 small{color:var(--muted);font-weight:400;font-size:.9rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}h3{font-size:.85rem;color:var(--muted);margin:.8rem 0 .3rem}
p{margin:.4rem 0;color:var(--muted)}a{color:var(--accent)}nav{display:flex;flex-wrap:wrap;gap:.4rem 1rem;padding:.6rem 0;border-bottom:1px solid var(--line)}
details{background:var(--raised);border:1px solid var(--line);border-radius:10px;margin:.4rem 0;padding:0 .9rem}details[open]{padding-bottom:.9rem}
summary{cursor:pointer;padding:.6rem 0;display:flex;flex-wrap:wrap;gap:.2rem .7rem;align-items:baseline}summary span{color:var(--muted)}summary:focus-visible{outline:2px solid var(--accent)}
summary b{font:600 .75rem var(--mono);min-width:3.6rem;color:var(--accent)}summary b.post,summary b.put,summary b.patch{color:var(--warn)}summary b.delete{color:var(--bad)}
code,pre{font-family:var(--mono);font-size:.8rem}pre{background:var(--sunk);border:1px solid var(--line);border-radius:7px;padding:.6rem;margin:0;overflow:auto;max-height:26rem}
table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--muted);font-weight:500}td i{color:var(--muted);font-size:.75rem}
`;
