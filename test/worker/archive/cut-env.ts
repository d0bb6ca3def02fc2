import type { Env } from "../../../worker/env.ts";
import { bindings } from "../ask.ts";

/** What is thrown in the place of the step at which a run is cut. */
export class Cut extends Error {}

/**
 * The bindings for one run that is cut at its n-th change of database or bucket, counted from 1: odd ones before the change is made, even
 * ones after it, as a crash falls on either side of it. Nothing after it comes to pass.
 */
export function cutAt(n: number): Env {
  let step = 0;
  const through = async (change: () => Promise<unknown>): Promise<unknown> => {
    step++;
    if (step > n || (step === n && n % 2 === 1)) throw new Cut(`step ${step}`);
    const done = await change();
    if (step === n) throw new Cut(`after step ${step}`);
    return done;
  };
  const cut = <Target extends object>(target: Target, changes: readonly string[]): Target =>
    new Proxy(target, {
      get(of, name) {
        const member = Reflect.get(of, name) as (...args: unknown[]) => Promise<unknown>;
        if (typeof member !== "function") return member;
        if (!changes.includes(String(name))) return member.bind(of);
        return (...args: unknown[]) => through(() => member.apply(of, args));
      },
    });
  return { ...bindings, DB: cut(bindings.DB, ["batch"]), ARCHIVE: cut(bindings.ARCHIVE, ["put", "delete"]) };
}

/** Runs something again and again, each time cut a step later, until one run comes to its end. How many were cut. */
export async function untilUncut(run: (env: Env) => Promise<unknown>): Promise<number> {
  for (let cuts = 0; ; cuts++) {
    try {
      await run(cutAt(cuts + 1));
      return cuts;
    } catch (error) {
      if (!(error instanceof Cut)) throw error;
    }
  }
}
