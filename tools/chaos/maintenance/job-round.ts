import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "../../../bench/api.ts";
import { type Server, startServer } from "../../../bench/with-server.ts";
import type { Random } from "../../simulate/random.ts";
import { type Answers, answersOf, differences, differencesWhileRemoving } from "./answers.ts";
import type { MaintenanceJob, Step } from "./jobs.ts";
import { FIRST_HALF, type PreparedState } from "./prepared-state.ts";
import { send } from "./send.ts";
import { PERSON } from "./visit-lines.ts";

/** Every question to database and bucket waits so long in a slowed round, so that a kill falls between any two of them. */
const SLOW_MS = 12;
const SLOWED = { database: { mode: "slow", ms: SLOW_MS }, bucket: { mode: "slow", ms: SLOW_MS } };

/** How a job ends that nothing interrupts: what every interrupted one is held to. */
export interface Reference {
  before: Answers;
  after: Answers;
  /** How long it takes, slowed and not. */
  slowMs: number;
  fastMs: number;
}

interface Place {
  state: PreparedState;
  /** Where states of single rounds are made and removed. */
  rootDir: string;
}

/** Does the job twice without a kill: for its answers and its length. */
export async function referenceOf(place: Place, job: MaintenanceJob): Promise<Reference> {
  const [slow, fast] = [await uncut(place, job, true), await uncut(place, job, false)];
  const wrong = differences(fast.after, slow.after);
  if (wrong.length > 0) throw new Error(`${job.name}: two runs in peace ended differently: ${wrong.join("; ")}`);
  for (const { records, count } of [slow.before, slow.after])
    if (records.size !== count) throw new Error(`${job.name}: statistics count ${count} of ${records.size} records`);
  const due = [...slow.before.records].filter(([name, text]) => isDue(job, name, text)).length;
  if (slow.before.records.size - due !== slow.after.records.size)
    throw new Error(
      `${job.name}: ${due} of ${slow.before.records.size} records were due, ${slow.after.records.size} are left`,
    );
  if (!job.removes) {
    const changed = differences(slow.after, slow.before);
    if (changed.length > 0) throw new Error(`${job.name} changes answers: ${changed.join("; ")}`);
  }
  return { before: slow.before, after: slow.after, slowMs: slow.tookMs, fastMs: fast.tookMs };
}

/** Whether a job is there to remove a record: one of a person, or of the first half by its seq. */
function isDue({ removes }: MaintenanceJob, name: string, text: string): boolean {
  if (removes === "person") return text.includes(PERSON);
  return removes === "first half" && Number(name.split("/")[1]) <= FIRST_HALF;
}

/** Kills the server at random moments of a job, starts it again, asks for the job again. What is wrong, in words, and when it was killed. */
export async function jobRound(
  place: Place,
  job: MaintenanceJob,
  { before, after, slowMs, fastMs }: Reference,
  random: Random,
  kills: number,
): Promise<{ wrong: string[]; story: string }> {
  const wrong: string[] = [];
  const story: string[] = [];
  await withState(place, async (stateDir) => {
    let server = await startServer({ mode: "faulty", stateDir });
    try {
      for (const step of job.before) await doStep(server, job, step, place.state);
      for (let kill = 0; kill < kills; kill++) {
        const isSlow = random.chance(0.7);
        if (isSlow) await send(server, "POST", "/__faults", SLOWED);
        // Every run has less to do than the one before it.
        const atMs = Math.round((random.next() * (isSlow ? slowMs : fastMs)) / kills);
        let isDone = false;
        const running = doSteps(server, job, place.state).then(
          () => (isDone = true),
          () => {},
        );
        await sleep(atMs);
        story.push(isDone ? "after its end" : `${atMs} ms into ${isSlow ? "a slowed" : "it"}`);
        await server.kill();
        await running;
        server = await startServer({ mode: "faulty", stateDir });
        const is = await answersOf(server, job.service, place.state);
        wrong.push(...(job.removes ? differencesWhileRemoving(is, before, after) : differences(is, before)));
        wrong.push(...(await unproven(server, job.service)));
      }
      await doSteps(server, job, place.state);
      wrong.push(...differences(await answersOf(server, job.service, place.state), after));
      wrong.push(...(await unproven(server, job.service)), ...(await tracesLeft(server, job)));
    } finally {
      await server.stop();
    }
  });
  return { wrong, story: `killed ${story.join(", ")}` };
}

async function uncut(place: Place, job: MaintenanceJob, isSlow: boolean) {
  return withState(place, async (stateDir) => {
    const server = await startServer({ mode: "faulty", stateDir });
    try {
      for (const step of job.before) await doStep(server, job, step, place.state);
      const before = await answersOf(server, job.service, place.state);
      if (isSlow) await send(server, "POST", "/__faults", SLOWED);
      const startMs = performance.now();
      await doSteps(server, job, place.state);
      const tookMs = performance.now() - startMs;
      await send(server, "POST", "/__faults", {});
      const after = await answersOf(server, job.service, place.state);
      const wrong = [...(await unproven(server, job.service)), ...(await tracesLeft(server, job))];
      if (wrong.length > 0) throw new Error(`${job.name}, in peace: ${wrong.join("; ")}`);
      return { before, after, tookMs };
    } finally {
      await server.stop();
    }
  });
}

async function withState<Value>({ state, rootDir }: Place, work: (stateDir: string) => Promise<Value>): Promise<Value> {
  const stateDir = join(rootDir, "round");
  rmSync(stateDir, { recursive: true, force: true });
  cpSync(state.stateDir, stateDir, { recursive: true });
  return work(stateDir);
}

async function doSteps(server: Server, job: MaintenanceJob, state: PreparedState): Promise<void> {
  for (const step of job.steps) await doStep(server, job, step, state);
}

async function doStep(server: Server, { service }: MaintenanceJob, step: Step, state: PreparedState): Promise<void> {
  if ("forget" in step) {
    await send(server, "POST", "/api/forget", { service, q: `ip:${step.forget}`, reason: "chaos" });
    return;
  }
  const { job, aheadMs, only } = step;
  const nowMs = state.receivedMs + aheadMs;
  await send(server, "POST", "/__maintain", { job, service, nowMs, beforeMs: only ? state.halfMs : nowMs });
}

/** What the two proofs say against it. */
async function unproven(server: Server, service: string): Promise<string[]> {
  const verified = await ask<{ complete: boolean }>(server, `/api/pipeline/verify?service=${service}`);
  const archive = await ask<{ intact: boolean }>(server, `/api/archive/verify?service=${service}&deep=1`);
  return [
    ...(verified.complete ? [] : [`verify says ${JSON.stringify(verified)}`]),
    ...(archive.intact ? [] : [`verify-archive says ${JSON.stringify(archive)}`]),
  ];
}

/** Where a person still is who was forgotten. */
async function tracesLeft(server: Server, { service, removes }: MaintenanceJob): Promise<string[]> {
  if (removes !== "person") return [];
  const { done } = (await send(server, "POST", "/__maintain", { job: "traces", service, ip: PERSON })) as {
    done: Record<string, number>;
  };
  return Object.entries(done).flatMap(([where, count]) =>
    count > 0 ? [`${count} ${where} still know the person`] : [],
  );
}
