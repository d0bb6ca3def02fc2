import type { DeliveryMessage } from "../../core/delivery/message.ts";
import { Overview as SoundOverview } from "../../durable-objects/overview.ts";
import { ServiceStream as SoundStream } from "../../durable-objects/service-stream.ts";
import type { Env } from "../../worker/env.ts";
import sound from "../../worker/index.ts";
import { type Faults, faultAt, setFaults } from "./faults.ts";
import { faultyEnv } from "./faulty-env.ts";
import { maintain } from "./maintain.ts";

export { Meters } from "../../durable-objects/meters.ts";

export class ServiceStream extends SoundStream {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, faultyEnv(env));
  }
}

export class Overview extends SoundOverview {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, faultyEnv(env));
  }
}

/** Where the faults are set: `POST` with Faults as JSON. Only this entry has it, and only tests are built with it. */
const SWITCH = "/__faults";
/** Where one job of cron's is done at a chosen time: see maintain.ts. */
const MAINTAIN = "/__maintain";

/** The whole of Weir, in a world where things go wrong as the switch says. */
export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (pathname === MAINTAIN) return maintain(faultyEnv(env), await request.json());
    if (pathname !== SWITCH) return sound.fetch(request, faultyEnv(env), ctx);
    setFaults((await request.json()) as Faults);
    return new Response(null, { status: 204 });
  },
  queue: (batch, env, ctx) => sound.queue(shuffled(batch), faultyEnv(env), ctx),
  scheduled: (controller, env, ctx) => sound.scheduled(controller, faultyEnv(env), ctx),
} satisfies ExportedHandler<Env, DeliveryMessage>;

/** Deliveries in another order, and each of them once more at the end. */
function shuffled(batch: MessageBatch<DeliveryMessage>): MessageBatch<DeliveryMessage> {
  const mode = faultAt("deliveries")?.mode;
  if (mode !== "shuffled" && mode !== "twice") return batch;
  const messages = batch.messages.toReversed();
  return {
    queue: batch.queue,
    messages: mode === "twice" ? [...messages, ...batch.messages] : messages,
    metadata: batch.metadata,
    ackAll: () => batch.ackAll(),
    retryAll: (options) => batch.retryAll(options),
  };
}
