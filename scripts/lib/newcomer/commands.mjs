const BLOCK = /^```sh\n([\s\S]*?)^```/gm;
/** With arguments: `npm run tail` alone is a name in a sentence. */
const INLINE = /`([^`\n]*npm run \w+ -- [^`]+)`/g;

/** Every command of a page with the line where it begins: those of its shell blocks in their order, then those in its text. */
export function commandsOf(markdown) {
  const commands = [];
  for (const match of markdown.matchAll(BLOCK)) {
    let line = lineAt(markdown, match.index) + 1;
    for (const text of joined(match[1])) {
      if (text.trim() !== "") commands.push({ line, text: text.replace(/\s+# .*$/, "").trim() });
      line += text.split("\n").length;
    }
  }
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, " "));
  for (const match of prose.matchAll(INLINE))
    commands.push({ line: lineAt(prose, match.index), text: match[1].replaceAll("\\|", "|") });
  return commands.filter(({ text }) => text !== "" && !text.startsWith("#"));
}

const lineAt = (text, index) => text.slice(0, index).split("\n").length;

/** The lines of a block, those that end in a backslash with what follows them. */
function joined(block) {
  const commands = [];
  let open = false;
  for (const line of block.replace(/\n$/, "").split("\n")) {
    if (open) commands[commands.length - 1] += `\n${line}`;
    else commands.push(line);
    open = line.endsWith("\\");
  }
  return commands;
}

/** What is not run here, and why. Everything else is. */
const NOT_RUN = [
  [/^npm start$|PORT=\d+ npm start/, "is how the server of this run was started"],
  [/^npm test/, "is what runs this"],
  [/^npm run (?:dev|check|screenshot|chaos|newcomer|format|migrations)\b/, "is for those who change the code"],
  [/^npm run bench\b/, "takes minutes; bench/ has its own tests"],
  [/^npm run deploy(?! -- --dry-run)|--env staging$|^npm run (?:build|deploy)$/, "needs an account"],
  [/npm run restore/, "needs the server stopped; test/deploy/backup.test.ts runs it"],
  [/wrangler|rclone/, "needs an account"],
  [
    /systemd-journal-upload|OTEL_EXPORTER|CITY_TABLE/,
    "needs another program or file; test/senders runs what can be had",
  ],
  [/npm run \S+ -- --?\w*[A-Z…]|npm run \S+ -- [A-Z]+\b/, "is a pattern, not a command"],
];

export const reasonNotToRun = (text) => NOT_RUN.find(([pattern]) => pattern.test(text))?.[1];

/** The command with this run's own address, key and folders; endless things end. */
export function adapted(text, { origin, token, folder }) {
  return text
    .replaceAll(/https?:\/\/(?:127\.0\.0\.1:8787|weir\.example\.com)/g, origin)
    .replaceAll(/(?<![$\w{])KEY\b(?!-)/g, token)
    .replaceAll(/tail -[fF] (\S+)/g, "cat $1")
    .replaceAll(/--seconds \d+/g, "--seconds 2")
    .replace(/^npm run tail\b.*$/, "timeout 5 $& || [ $? = 124 ]")
    .replaceAll(/\/mnt\/backups|\/tmp(?=\/weir-drill)/g, folder);
}
