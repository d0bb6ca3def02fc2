import { through } from "./faults.ts";

const ASKING = new Set(["all", "first", "raw", "run"]);
/** The runtime's own statement behind each that was given out. */
const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();

/** A database whose every question may go wrong; a batch goes wrong as a whole. */
export const faultyDatabase = (database: D1Database): D1Database =>
  new Proxy(database, {
    get(target, name) {
      if (name === "prepare") return (text: string) => faultyStatement(target.prepare(text));
      if (name === "batch")
        return (statements: D1PreparedStatement[]) =>
          through("database", () => target.batch(statements.map((one) => originals.get(one) ?? one)));
      return bound(target, name);
    },
  });

function faultyStatement(statement: D1PreparedStatement): D1PreparedStatement {
  const faulty = new Proxy(statement, {
    get(target, name) {
      if (name === "bind") return (...values: unknown[]) => faultyStatement(target.bind(...values));
      const member = bound(target, name);
      if (!ASKING.has(String(name))) return member;
      return (...args: unknown[]) =>
        through("database", () => (member as (...all: unknown[]) => Promise<unknown>)(...args));
    },
  });
  originals.set(faulty, statement);
  return faulty;
}

/** A member of a runtime's object, which knows its owner by `this`. */
export function bound(target: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(target, name);
  return typeof member === "function" ? member.bind(target) : member;
}
