import { announcedServices, type Env, streamOf } from "./env.ts";

/**
 * Every minute: streams that have something unconfirmed are asked how they are. Waking one is enough: its constructor
 * arms the alarm that a crash, or six failed tries of the runtime, may have lost.
 */
export async function onCron(env: Env): Promise<void> {
  const services = await announcedServices(env);
  const behind = services.filter(({ unconfirmed, lastSeenMs }) => unconfirmed > 0 || lastSeenMs === undefined);
  await Promise.all(behind.map(({ name }) => streamOf(env, name).status()));
}
