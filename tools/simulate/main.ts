import { createClient } from "../../clients/js/client.ts";
import type { Client } from "../../clients/js/options.ts";
import { createSocketClient } from "../../clients/js/socket-client.ts";
import { Meter } from "../sending/meter.ts";
import { showProgress } from "../sending/progress.ts";
import { checkServer } from "../sending/server-at.ts";
import { stopSignal } from "../sending/stop-signal.ts";
import { sendFile } from "./send-file.ts";
import { sendGenerated } from "./send-generated.ts";
import { type Settings, settingsOf } from "./settings.ts";

/** `npm run simulate`. Answers the exit code: 1 when anything sent was not acknowledged. */
export async function simulate(args: string[]): Promise<number> {
  const settings = settingsOf(args);
  await checkServer(settings.url, settings.service, settings.token);
  const meter = new Meter();
  const signal = stopSignal();
  const client = clientOf(settings, meter);
  const end = showProgress(meter);
  if (settings.file) await sendFile(client, meter, { ...settings, file: settings.file, signal });
  else await sendGenerated(client, meter, { ...settings, signal });
  await client.flush();
  client.close();
  end();
  return meter.complete ? 0 : 1;
}

function clientOf(settings: Settings, meter: Meter): Client & { close(): void } {
  const { url, service, token, batchLines, connections } = settings;
  const options = { url, service, token, batchLines, connections, onBatch: meter.ended };
  return settings.transport === "ws" ? createSocketClient(options) : { ...createClient(options), close() {} };
}
