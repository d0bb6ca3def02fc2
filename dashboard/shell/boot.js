try {
  const theme = localStorage.getItem("weir.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme is shown then.
}
// PAGES is put before this by the build: dashboard/build/boot-script.ts.
const styles = [];
for (const href of PAGES[location.pathname.split("/")[1] || "overview"] ?? []) {
  const link = document.createElement("link");
  const isStyle = href.endsWith(".css");
  link.rel = isStyle ? "stylesheet" : "modulepreload";
  // As the page's own import asks for it, or it would be fetched twice.
  link.crossOrigin = "";
  link.href = href;
  if (!isStyle) {
    document.head.append(link);
    continue;
  }
  // What is painted before its style is there would move.
  link.setAttribute("blocking", "render");
  styles.push(link);
}
// Behind the first style, which stands after this script: of two rules that say the same the later one counts.
new MutationObserver((_changes, observer) => {
  if (!document.head.querySelector("link[rel=stylesheet]")) return;
  observer.disconnect();
  document.head.append(...styles);
}).observe(document.head, { childList: true });
