import { ok, type Result, refuse } from "../result.ts";
import { isServiceName } from "../service-name.ts";
import { addressOf } from "./address.ts";
import { SENDERS, senderOf } from "./registry.ts";
import type { ConnectTarget, SenderConfig } from "./sender.ts";

export interface Connection extends SenderConfig {
  sender: string;
  title: string;
  isProven: boolean;
}

export type ConnectRefusal = "unknown_sender" | "invalid_service" | "invalid_origin" | "invalid_key";

/** What stands for a key that nobody gave. */
export const KEY_PLACEHOLDER = "YOUR_KEY";

/** What needs no quoting in any of the configuration languages; all of base64 and hex. */
const KEY = /^[A-Za-z0-9_.~+/=-]{1,256}$/;

/** The configuration of a sender for a target. */
export function connect(name: string, target: ConnectTarget): Result<Connection, ConnectRefusal> {
  const sender = senderOf(name);
  if (!sender)
    return refuse(
      "unknown_sender",
      `no sender ${name.slice(0, 64)}: take one of ${SENDERS.map((s) => s.name).join(", ")}`,
    );
  if (!isServiceName(target.service))
    return refuse("invalid_service", `${target.service.slice(0, 64)} is no service name`);
  if (!addressOf(target.origin)) return refuse("invalid_origin", "an origin is https://HOST or https://HOST:PORT");
  if (!KEY.test(target.key)) return refuse("invalid_key", "a key has letters, digits and _ . ~ + / = - only");
  const origin = target.origin.replace(/\/$/, "");
  const { title, isProven } = sender;
  return ok({ sender: name, title, isProven, ...sender.config({ ...target, origin }) });
}

/** For a terminal or a page: files with their names, then what to run, then what to know. */
export function connectionText({ title, isProven, files, run, notes }: Connection): string {
  const proof = isProven ? "run with this configuration by the project's tests" : "written from its documentation";
  const parts = [`# ${title}: ${proof}.`];
  for (const { name, text } of files) parts.push(`# ${name}\n${text.trimEnd()}`);
  if (run !== undefined) parts.push(`# Run\n${run}`);
  parts.push(notes.map((note) => `# - ${note}`).join("\n"));
  return `${parts.join("\n\n")}\n`;
}
