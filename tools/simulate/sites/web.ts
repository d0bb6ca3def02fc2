import { type Random, weightedIndex, zipfWeights } from "../random.ts";
import { api, asset, PROBES, page, type Site } from "./site.ts";

const TOPICS = ["release", "guide", "benchmark", "postmortem", "tutorial", "interview", "roadmap", "security", "tips"];
const SUBJECTS = ["logs", "queues", "caches", "sqlite", "parquet", "sockets", "alarms", "edge", "search", "charts"];
const SLUGS = SUBJECTS.flatMap((subject) => TOPICS.map((topic) => `${topic}-${subject}`));
const slugIndex = weightedIndex(zipfWeights(SLUGS.length, 1));
const slug = (random: Random) => SLUGS[slugIndex(random)]!;

/** A company's site: pages, a blog, documentation, a search and a contact form. */
export const web: Site = {
  name: "web",
  origin: "https://www.example.com",
  endpoints: [
    page("/", 14, 24, ({ durationMs }) => [
      { level: "debug", logger: "render", msg: "page rendered", template: "home", duration_ms: durationMs },
    ]),
    page((random) => `/blog/${2019 + random.int(8)}/${slug(random)}`, 22, 38),
    page("/blog", 5, 30),
    page((random) => `/docs/${random.pick(SUBJECTS)}/${slug(random)}`, 16, 22),
    page("/pricing", 4, 20),
    page("/about", 2, 18),
    page(
      (random) => `/search?q=${random.pick(SUBJECTS)}+${random.pick(TOPICS)}&page=${1 + random.int(4)}`,
      4,
      85,
      (visit) => [
        {
          level: visit.durationMs > 250 ? "warn" : "info",
          logger: "search",
          msg: visit.durationMs > 250 ? "slow search" : "search served",
          query: decodeURIComponent(visit.path.slice(10, visit.path.indexOf("&"))).replaceAll("+", " "),
          hits: visit.random.int(120),
          duration_ms: visit.durationMs,
        },
      ],
    ),
    page("/feed.xml", 4, 12),
    page("/robots.txt", 2, 1),
    asset("/assets/app.4f1c9e.js", 12, 88_000),
    asset("/assets/site.81b2d0.css", 12, 21_000),
    asset("/assets/logo.svg", 8, 3_400),
    asset("/assets/inter-var.woff2", 6, 98_000),
    asset("/favicon.ico", 6, 1_150),
    api("POST", "/contact", 0.6, 140, ({ visitor, status }) => [
      status < 400
        ? { level: "info", logger: "mail", msg: "contact form sent", event: "contact_sent", user_id: visitor.userId }
        : {
            level: "error",
            logger: "mail",
            msg: "smtp: 421 service not available, closing channel",
            code: "ECONNRESET",
          },
    ]),
    api("POST", "/newsletter", 1, 60),
    api("GET", "/healthz", 3, 1),
    ...PROBES,
  ],
  referrers: [
    "https://www.google.com/",
    "https://duckduckgo.com/",
    "https://news.ycombinator.com/",
    "https://t.co/a8Kd0",
  ],
  background: [
    (random) => ({ level: "debug", logger: "cache", msg: "evicted", entries: 10 + random.int(400) }),
    (random) => ({
      level: "info",
      logger: "cron",
      msg: "sitemap rebuilt",
      urls: 900 + random.int(40),
      duration_ms: random.int(900),
    }),
    (random) => ({
      level: "warn",
      logger: "tls",
      msg: `certificate expires in ${7 + random.int(20)} days`,
      domain: "www.example.com",
    }),
  ],
  backgroundShare: 0.02,
};
