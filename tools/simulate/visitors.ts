import { address } from "./addresses.ts";
import { Random, weightedIndex, zipfWeights } from "./random.ts";
import { type UserAgent, userAgents } from "./user-agents.ts";

export interface Visitor {
  ip: string;
  agent: UserAgent;
  /** Undefined for people who are not signed in, and for machines. */
  userId: string | undefined;
  sessionId: string;
  protocol: string;
}

/** A population in which a few come often and most come once; the same for the same seed. */
export function visitors(seed: number, count: number): (random: Random) => Visitor {
  const random = new Random(seed);
  const agents = userAgents();
  const agentIndex = weightedIndex(agents.map(({ weight }) => weight));
  const population = Array.from({ length: count }, (_, i): Visitor => {
    const agent = agents[agentIndex(random)]!;
    return {
      ip: address(random),
      agent,
      userId: agent.kind === "person" && random.chance(0.3) ? `u${10_000 + i}` : undefined,
      sessionId: random.hex(16),
      protocol: agent.kind === "person" && random.chance(0.7) ? "HTTP/2.0" : "HTTP/1.1",
    };
  });
  const index = weightedIndex(zipfWeights(count, 0.7));
  return (draw) => population[index(draw)]!;
}
