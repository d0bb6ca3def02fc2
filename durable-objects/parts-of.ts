import { CatchUp } from "./catch-up.ts";
import { DailyQuotas } from "./daily-quotas.ts";
import { Deliveries } from "./deliveries.ts";
import type { ObjectsEnv } from "./env.ts";
import { Gathering } from "./gathering.ts";
import { Intake } from "./intake.ts";
import { Journal } from "./journal.ts";
import { Layouts } from "./layouts.ts";
import { Offers } from "./offers.ts";
import { OneAlarm } from "./one-alarm.ts";
import { RecentPacks } from "./recent-packs.ts";
import { Registration } from "./registration.ts";
import { Reporter } from "./reporter.ts";
import { Sender } from "./sender.ts";
import { ShardTeller } from "./shard-news.ts";
import { StreamState } from "./stream-state.ts";
import { reportOf } from "./stream-status.ts";
import { Unconfirmed } from "./unconfirmed.ts";
import { Watchers } from "./watchers.ts";

/**
 * What a stream is made of, each part with those that it needs.
 *
 * @param maxJournalBytes as the environment has it at that moment, as text
 */
export function partsOf(ctx: DurableObjectState, env: ObjectsEnv, maxJournalBytes: () => string | undefined) {
  const journal = new Journal(ctx.storage.sql);
  const state = new StreamState(journal);
  const layouts = new Layouts(env.STREAMS, journal);
  const deliveries = new Deliveries(journal, Date.now());
  const gathering = new Gathering(env.STREAMS, state, layouts);
  const recent = new RecentPacks();
  const catchUp = new CatchUp(state, recent, gathering);
  const watchers = new Watchers(ctx, gathering, catchUp, recent);
  const teller = new ShardTeller(env.STREAMS, state);
  const told = { state, journal, deliveries, watchers };
  const intake = new Intake(told, layouts, new DailyQuotas(ctx.storage.sql), maxJournalBytes, (pack) => {
    recent.add(pack);
    watchers.add(pack);
    teller.add(pack);
  });
  return {
    ...told,
    layouts,
    gathering,
    recent,
    catchUp,
    teller,
    intake,
    unconfirmed: new Unconfirmed(journal, deliveries),
    sender: new Sender(env.RECORDS, told, recent),
    reporter: new Reporter(env.OVERVIEW, (nowMs) => reportOf(told, nowMs)),
    registration: new Registration(env, state),
    alarm: new OneAlarm(ctx.storage),
    offers: new Offers(),
  };
}
