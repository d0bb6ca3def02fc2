import { type Random, weightedIndex, zipfWeights } from "../random.ts";
import { type AppRecord, api, asset, PROBES, page, type Site, type Visit } from "./site.ts";

const CATEGORIES = ["shoes", "jackets", "bags", "lamps", "chairs", "mugs", "books", "garden", "toys", "bikes"];
const SEARCHES = ["red shoes", "rain jacket", "desk lamp", "gift", "size 44", "café table", "mug", "wool", "kids bike"];
const productIndex = weightedIndex(zipfWeights(800, 0.9));

/** Products are numbered from 1001; low numbers sell best. */
const product = (random: Random) => 1_001 + productIndex(random);
const priceOf = (id: number) => 5 + ((id * 7_919) % 24_000) / 100;
const idIn = (path: string) => Number(/\d+/.exec(path.replace("/v1", ""))?.[0]);

function viewed({ path, visitor }: Visit): AppRecord[] {
  const product_id = idIn(path);
  return [
    {
      level: "info",
      logger: "catalog",
      msg: "product viewed",
      event: "product_viewed",
      product_id,
      price: priceOf(product_id),
      user_id: visitor.userId,
    },
  ];
}

function addedToCart({ random, visitor, status }: Visit): AppRecord[] {
  const product_id = product(random);
  if (status >= 400)
    return [{ level: "warn", logger: "cart", msg: "out of stock", product_id, user_id: visitor.userId }];
  return [
    {
      level: "info",
      logger: "cart",
      msg: "item added",
      event: "cart_added",
      product_id,
      quantity: 1 + random.int(3),
      price: priceOf(product_id),
      user_id: visitor.userId,
    },
  ];
}

function checkedOut({ random, visitor, status, durationMs }: Visit): AppRecord[] {
  const order_id = `o-${random.hex(10)}`;
  const amount = Math.round(random.around(6_200, 0.7)) / 100;
  const steps: AppRecord[] = [
    {
      level: "info",
      logger: "checkout",
      msg: "checkout started",
      event: "checkout_started",
      order_id,
      user_id: visitor.userId,
    },
    {
      level: "debug",
      logger: "payments",
      msg: "POST /v1/charges",
      provider: random.pick(["stripe", "adyen"]),
      order_id,
      duration_ms: Math.round(durationMs * 0.8),
    },
  ];
  if (status >= 500) {
    const stack =
      "PaymentError: upstream timed out\n    at charge (/srv/shop/payments.js:88:13)\n    at async checkout (/srv/shop/checkout.js:41:5)";
    steps.push({
      level: "error",
      logger: "checkout",
      msg: "payment failed: upstream timed out",
      order_id,
      amount,
      error: { name: "PaymentError", stack },
    });
  } else if (status >= 400) {
    steps.push({
      level: "warn",
      logger: "checkout",
      msg: "payment declined",
      event: "payment_declined",
      order_id,
      amount,
      reason: random.pick(["insufficient_funds", "expired_card", "do_not_honor"]),
    });
  } else {
    steps.push({
      level: "info",
      logger: "checkout",
      msg: "order placed",
      event: "order_placed",
      order_id,
      amount,
      currency: "EUR",
      items: 1 + random.int(5),
      user_id: visitor.userId,
    });
  }
  return steps;
}

function searched({ random, path, visitor, durationMs }: Visit): AppRecord[] {
  const query = decodeURIComponent(path.slice(path.indexOf("=") + 1));
  return [
    {
      level: durationMs > 300 ? "warn" : "info",
      logger: "search",
      msg: durationMs > 300 ? "slow query" : "search served",
      event: "search_performed",
      query,
      hits: random.chance(0.08) ? 0 : random.int(200),
      duration_ms: durationMs,
      user_id: visitor.userId,
    },
  ];
}

/** An online shop: a catalogue, a cart, a checkout that talks to a payment provider, an API for its app. */
export const shop: Site = {
  name: "shop",
  origin: "https://shop.example.com",
  endpoints: [
    page("/", 12, 30),
    page((random) => `/category/${random.pick(CATEGORIES)}?page=${1 + random.int(6)}`, 14, 55),
    page((random) => `/product/${product(random)}`, 20, 42, viewed),
    page((random) => `/search?q=${encodeURIComponent(random.pick(SEARCHES))}`, 7, 110, searched),
    page("/cart", 4, 35),
    page((random) => `/account/orders/${100_000 + random.int(900_000)}`, 2, 48),
    api("GET", (random) => `/api/v1/products/${product(random)}`, 10, 18, viewed),
    api("GET", "/api/v1/session", 8, 6),
    api("GET", (random) => `/api/v1/recommendations?for=${product(random)}`, 6, 70),
    api("POST", "/api/v1/cart/items", 3, 28, addedToCart),
    api("DELETE", (random) => `/api/v1/cart/items/${1 + random.int(6)}`, 0.6, 15),
    api("POST", "/api/v1/checkout", 1.2, 420, checkedOut),
    api("POST", "/api/v1/login", 1.2, 130, ({ visitor, status }) =>
      status < 400
        ? []
        : [{ level: "warn", logger: "auth", msg: "login failed", reason: "bad_password", ip: visitor.ip }],
    ),
    asset("/static/shop.9ac31f.js", 9, 140_000),
    asset("/static/shop.7d02be.css", 9, 32_000),
    asset("/static/img/hero.webp", 6, 96_000),
    asset("/favicon.ico", 4, 1_150),
    api("GET", "/healthz", 2, 1),
    ...PROBES,
  ],
  referrers: [
    "https://www.google.com/",
    "https://www.instagram.com/",
    "https://mail.example.com/offers?utm_source=mail",
  ],
  background: [
    (random) => ({
      level: "debug",
      logger: "db.pool",
      msg: "connection acquired",
      idle: random.int(20),
      waiting: random.int(3),
      duration_ms: random.int(12),
    }),
    (random) => ({
      level: "warn",
      logger: "db",
      msg: "slow statement",
      table: random.pick(["orders", "products", "sessions"]),
      rows: random.int(90_000),
      duration_ms: 500 + random.int(3_000),
    }),
    (random) => ({
      level: "info",
      logger: "worker",
      msg: "job finished",
      job: random.pick(["send_receipt", "resize_images", "sync_stock", "build_feed"]),
      attempt: 1,
      duration_ms: random.int(5_000),
    }),
    (random) => ({
      level: "error",
      logger: "worker",
      msg: "job failed, will be tried again",
      job: "sync_stock",
      attempt: 1 + random.int(3),
      error: { name: "TimeoutError", message: "stock service did not answer in 5000 ms" },
    }),
  ],
  backgroundShare: 0.06,
};
