/** List prices of Workers Paid in US dollars, before the monthly allowances; developers.cloudflare.com, November 2026. */
export const PRICES = {
  /** A million requests of the Worker. */
  request: 0.3,
  /** A million milliseconds of processor time. */
  cpuMs: 0.02,
  /** A million calls of a Durable Object. */
  streamCall: 0.15,
  /** A million rows written in a Durable Object, and in D1. A row that is deleted counts as written. */
  streamRow: 1,
  databaseRow: 1,
  /** A million operations: each 64,000 bytes of a message that are written, read or deleted. */
  queueOperation: 0.4,
  /** A million objects put into R2 (class A). */
  bucketPut: 4.5,
  /** A gigabyte of R2 for a month. */
  bucketGigabyte: 0.015,
} as const;

export interface OtherService {
  name: string;
  /** What its list price is made of, and where it was read. */
  basis: string;
  /** For a billion lines of 300 bytes in a month: 300 GB. */
  dollars: string;
}

/** Others' list prices for the same, in the order of the sum. */
export const OTHERS: readonly OtherService[] = [
  {
    name: "Datadog Logs",
    basis: "$0.10/GB taken in, $1.70 per million events indexed for 15 days, paid by the year (doit.com, 2026)",
    dollars: "1,730",
  },
  {
    name: "CloudWatch Logs",
    basis: "$0.50/GB taken in, $0.03/GB a month, us-east-1, queries not counted (c3x.dev, June 2026)",
    dollars: "150-160",
  },
  {
    name: "Grafana Cloud Logs",
    basis: "$19, then $0.05 + $0.40 + $0.10/GB past 50 GB, less by volume (grafana.com/pricing, August 2026)",
    dollars: "135-165",
  },
  { name: "Axiom", basis: "$25 with the first terabyte, 100 GB-hours of queries (July 2026)", dollars: "25" },
];
