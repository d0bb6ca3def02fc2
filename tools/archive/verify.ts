import { archiveServer } from "./server.ts";

interface Proof {
  service: string;
  intact: boolean;
  entries: number;
  segments: number;
  records: number;
  removed: Record<string, number>;
  problems: { key: string; problem: string }[];
  head: { number: number; link: string };
}

/** `npm run verify-archive [-- --service web --deep --head 12:0123456789abcdef]`: 0 where every service's archive is what was written into it, else 1. */
export async function verify(args: string[]): Promise<number> {
  const { ask, service, deep, head } = archiveServer(args);
  const query = new URLSearchParams({
    ...(service ? { service } : {}),
    deep: deep ? "1" : "0",
    ...(head ? { head } : {}),
  });
  const { intact, services } = await ask<{ intact: boolean; services: Proof[] }>(`/api/archive/verify?${query}`);
  for (const proof of services) {
    if (proof.entries === 0 && proof.intact) {
      console.log(`nothing  ${proof.service}: no records in the archive yet`);
      continue;
    }
    const removed = Object.entries(proof.removed).map(([reason, count]) => `${count} ${reason}`);
    console.log(
      `${proof.intact ? "intact " : "DAMAGED"}  ${proof.service}: ${proof.segments} segments, ${proof.records} records, ` +
        `${proof.entries} entries${removed.length > 0 ? `, removed: ${removed.join(", ")}` : ""}, head ${proof.head.number}:${proof.head.link.slice(0, 16)}`,
    );
    for (const { key, problem } of proof.problems) console.log(`         ${key === "" ? "" : `${key}: `}${problem}`);
  }
  return intact ? 0 : 1;
}
