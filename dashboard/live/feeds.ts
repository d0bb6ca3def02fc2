import { useEffect, useState } from "preact/hooks";
import { ServiceFeed } from "./service-feed.ts";

/** A page that is left for another keeps its links so long: the other one mostly wants the same. */
const LINGER_MS = 3_000;

interface Held {
  feed: ServiceFeed;
  users: number;
  timer?: ReturnType<typeof setTimeout>;
}

const held = new Map<string, Held>();

function acquire(service: string, q: string): ServiceFeed {
  let entry = held.get(service);
  if (!entry) {
    entry = { feed: new ServiceFeed(service, q), users: 0 };
    held.set(service, entry);
  }
  clearTimeout(entry.timer);
  entry.users++;
  entry.feed.filter(q);
  return entry.feed;
}

function release(service: string): void {
  const entry = held.get(service);
  if (!entry || --entry.users > 0) return;
  entry.timer = setTimeout(() => {
    entry.feed.close();
    held.delete(service);
  }, LINGER_MS);
}

/** The feeds of these services, shared with whoever else on the page uses them; all tails show the same filter. */
export function useFeeds(services: readonly string[], q: string): ServiceFeed[] {
  const key = services.join(" ");
  const [feeds, setFeeds] = useState<ServiceFeed[]>([]);
  // The key is the services; a new array of the same is no change
  useEffect(() => {
    const names = services;
    setFeeds(names.map((service) => acquire(service, q)));
    return () => {
      for (const service of names) release(service);
    };
  }, [key, q]);
  return feeds;
}
