import { parseArgs } from "node:util";
import { Failure } from "../sending/failure.ts";
import { findToken } from "../sending/token.ts";
import { SITES } from "./sites/registry.ts";

const USAGE = `Sends the log of a pretended application, or replays a real file.

  npm run simulate -- --service shop --rate 200 --seconds 60
  npm run simulate -- --service web --file access.log --speed 10 --now

  --service NAME      where the lines go (needed)
  --rate N            lines a second (200)
  --seconds N         how long (60); 0 runs until Ctrl-C
  --preset NAME       ${SITES.map(({ name }) => name).join(" or ")} (the service's name, else web)
  --seed N            another seed, another log (1)
  --steady            the same rate in every second, no bursts
  --file PATH         replay this file (.gz too) instead, at the pace of its own times
  --speed N           times faster than life (1); "max" waits for nothing
  --now               write the file's times anew, so that it happens now
  --transport KIND    http (default) or ws
  --batch N           lines a batch at most (100)
  --connections N     batches on their way at once (4)
  --url ADDRESS       the server (http://127.0.0.1:8787, or WEIR_URL)
  --token KEY         a key that may write (WEIR_TOKEN, else the local server's own)`;

export type Settings = ReturnType<typeof settingsOf>;

/** Reads the command line. Throws {@link Failure} with the usage for what it does not understand. */
export function settingsOf(args: string[], env: NodeJS.ProcessEnv = process.env) {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: "boolean", short: "h" },
      service: { type: "string" },
      rate: { type: "string", default: "200" },
      seconds: { type: "string", default: "60" },
      preset: { type: "string" },
      seed: { type: "string", default: "1" },
      steady: { type: "boolean", default: false },
      file: { type: "string" },
      speed: { type: "string", default: "1" },
      now: { type: "boolean", default: false },
      transport: { type: "string", default: "http" },
      batch: { type: "string", default: "100" },
      connections: { type: "string", default: "4" },
      url: { type: "string", default: env.WEIR_URL ?? "http://127.0.0.1:8787" },
      token: { type: "string" },
    },
  });
  if (values.help) throw new Failure(USAGE, 0);
  if (!values.service) throw new Failure(`${USAGE}\n\n--service is missing: to whom do the lines belong?`);
  const { service, transport, steady, file, now, url } = values;
  if (transport !== "http" && transport !== "ws") throw new Failure("--transport is http or ws");
  const site = SITES.find(({ name }) => name === (values.preset ?? service)) ?? (values.preset ? undefined : SITES[0]);
  if (!site) throw new Failure(`--preset is ${SITES.map(({ name }) => name).join(" or ")}`);
  const seconds = positive("seconds", values.seconds, 0);
  return {
    ...{ service, transport, steady, file, now, url, site },
    rate: positive("rate", values.rate, Number.MIN_VALUE),
    seconds: seconds === 0 ? Number.POSITIVE_INFINITY : seconds,
    seed: positive("seed", values.seed, 0),
    speed: values.speed === "max" ? Number.POSITIVE_INFINITY : positive("speed", values.speed, Number.MIN_VALUE),
    batchLines: positive("batch", values.batch, 1),
    connections: positive("connections", values.connections, 1),
    token: findToken(values.token, env),
  };
}

function positive(name: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number) || number < least) throw new Failure(`--${name} is not "${text}"`);
  return number;
}
