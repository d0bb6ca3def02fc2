import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { connect } from "../../core/connect/connect.ts";
import type { ConnectTarget, SenderConfig } from "../../core/connect/sender.ts";

/** What core/connect gives out for a sender. */
export function configurationOf(name: string, target: ConnectTarget): SenderConfig {
  const connection = connect(name, target);
  if (!connection.ok) throw new Error(connection.detail);
  return connection.value;
}

/** Writes its files into a folder, under their last names. */
export function writeConfiguration(name: string, target: ConnectTarget, folder: string): SenderConfig {
  mkdirSync(folder, { recursive: true });
  const config = configurationOf(name, target);
  for (const file of config.files) writeFileSync(join(folder, basename(file.name)), file.text);
  return config;
}
