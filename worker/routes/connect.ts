import { Hono } from "hono";
import * as v from "valibot";
import { connect as connectionOf, connectionText, KEY_PLACEHOLDER } from "../../core/connect/connect.ts";
import { SENDERS } from "../../core/connect/registry.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { validQuery } from "../validate.ts";

const query = v.object({
  sender: v.optional(v.string()),
  service: v.optional(v.string(), "web"),
});

const described = describe({
  tag: "Send",
  summary: "Programs that can be pointed here; with `sender` the configuration of one, as text or (asked for) JSON.",
  example: { query: { service: "web" } },
  answer: { senders: [{ name: "curl", title: "curl", isProven: true }] },
});

/**
 * GET /api/connect: the programs that can be pointed here. With `?sender=rsyslog&service=web` a configuration that does, as text,
 * or as JSON where that is asked for. The key in it is a placeholder: a configuration is pasted and shown around.
 */
export const connect = new Hono<AppEnv>().get("/", described, validQuery(query), (c) => {
  const { sender, service } = c.req.valid("query");
  if (sender === undefined) {
    return c.json({ senders: SENDERS.map(({ name, title, isProven }) => ({ name, title, isProven })) });
  }
  const { origin } = new URL(c.req.url);
  const connection = connectionOf(sender, { origin, service, key: KEY_PLACEHOLDER });
  if (!connection.ok) throw new ApiError(CODES[connection.reason], connection.detail);
  if (/\bjson\b/.test(c.req.header("Accept") ?? "")) return c.json(connection.value);
  return c.text(connectionText(connection.value));
});

const CODES = {
  unknown_sender: "not_found",
  invalid_service: "invalid_service",
  invalid_origin: "invalid_request",
  invalid_key: "invalid_request",
} as const;
