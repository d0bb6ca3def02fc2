// Prints the configuration of a sender: `npm run connect -- rsyslog --service web [--url https://…] [--key KEY] [--json]`.
import { ensureNode } from "./lib/install.mjs";

ensureNode(import.meta.filename ?? new URL(import.meta.url).pathname);

const { parseArgs } = await import("node:util");
const { connect, connectionText, KEY_PLACEHOLDER } = await import("../core/connect/connect.ts");
const { SENDERS } = await import("../core/connect/registry.ts");

const OPTIONS = {
  service: { type: "string", default: "web" },
  url: { type: "string", default: process.env.WEIR_URL ?? "http://127.0.0.1:8787" },
  key: { type: "string", default: KEY_PLACEHOLDER },
  json: { type: "boolean", default: false },
};

function main() {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [sender] = positionals;
  if (sender === undefined) {
    const width = Math.max(...SENDERS.map(({ name }) => name.length));
    for (const { name, title } of SENDERS) console.log(`${name.padEnd(width)}  ${title}`);
    return 0;
  }
  const connection = connect(sender, { origin: values.url, service: values.service, key: values.key });
  if (!connection.ok) {
    console.error(connection.detail);
    return 2;
  }
  console.log(
    values.json ? JSON.stringify(connection.value, undefined, 2) : connectionText(connection.value).trimEnd(),
  );
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  if (!error.code?.startsWith("ERR_PARSE_ARGS")) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
