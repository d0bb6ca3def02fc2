/** What a key may do. `ingest` and `beacon` only send; `read` only asks; `admin` does everything that ADMIN_TOKEN does. */
export const SCOPES = ["ingest", "beacon", "read", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** Who a request comes from, once its key, cookie or Access token was checked. */
export interface Principal {
  kind: "admin_token" | "key" | "session" | "access";
  scope: Scope;
  /** As the audit names it; never a secret. */
  name: string;
  /** The key it uses, or signed in with; absent for the admin token. */
  keyId?: string;
  /** Of a session: its name, by which it is ended. */
  sessionId?: string;
  /** Services it may send to: names, and prefixes such as `web-*`; empty is all. */
  services: readonly string[];
  /** Origins that a beacon key may be used from. */
  origins: readonly string[];
  /** Records a UTC day and service; undefined is no quota. */
  dailyRecords?: number;
}

export const ADMIN_TOKEN_HOLDER: Principal = {
  kind: "admin_token",
  scope: "admin",
  name: "admin token",
  services: [],
  origins: [],
};
