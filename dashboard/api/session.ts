import { signal } from "@preact/signals";
import type { ErrorAnswer } from "./answers.ts";
import { snapshot } from "./snapshot.ts";

/** `unknown` until the first answer. */
export const session = signal<"unknown" | "open" | "closed">(snapshot ? "open" : "unknown");

/** The token of this page's sign-in link, kept only as long as the page: the first-run commands carry it. */
export const knownToken = signal<string | undefined>(undefined);

/** Whether this browser had a session when it was last here. The cookie itself is hidden from scripts. */
const HINT = "weir.session";

export const signedOut = (): void => {
  remember(false);
  session.value = "closed";
};

function remember(isOpen: boolean): void {
  try {
    if (isOpen) localStorage.setItem(HINT, "open");
    else localStorage.removeItem(HINT);
  } catch {
    // Storage may be forbidden: then each visit begins with a question.
  }
}

function hadSession(): boolean {
  try {
    return localStorage.getItem(HINT) === "open";
  } catch {
    return false;
  }
}

/** Trades a token for a cookie that scripts cannot read. Answers why not, in words, if it is refused. */
export async function signIn(token: string): Promise<string | undefined> {
  try {
    const response = await fetch("/api/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
    });
    if (response.status === 401) return "This is not the token of this server.";
    // Why not, in the server's words: a key that only sends, too many wrong ones, no ADMIN_TOKEN.
    if (!response.ok) return ((await response.json()) as ErrorAnswer).error.message;
  } catch {
    return "The server does not answer.";
  }
  knownToken.value = token;
  remember(true);
  session.value = "open";
  return undefined;
}

export async function signOut(): Promise<void> {
  await fetch("/api/session", { method: "DELETE" });
  knownToken.value = undefined;
  signedOut();
}

/**
 * Signs in by `#token=…`, and takes it out of the address before anything else can read it or it is shared.
 * Without one, a browser that had a session goes on as if it still had it (the first answer tells if not), and
 * another one asks.
 */
export async function openSession(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    history.replaceState(null, "", location.pathname + location.search);
    if ((await signIn(token)) === undefined) return;
  }
  if (snapshot || hadSession()) {
    session.value = "open";
    return;
  }
  const response = await fetch("/api/services").catch(() => undefined);
  // A server that is away is no reason to ask for a token: the page opens and says that it is offline.
  session.value = response?.status === 401 ? "closed" : "open";
}
