import { ok, type Result, refuse } from "../result.ts";
import { serviceOfRequest } from "./grouped.ts";
import { journalEntries } from "./journald/export-format.ts";
import { MAX_ENTRIES } from "./limits.ts";
import type { Decoded, IngestRefusal, IngestRequest, Protocol, Refused, Reply } from "./protocol.ts";
import { errorBody, mayRepeat, refusalReply, retryAfter, textReply } from "./reply.ts";

/** systemd-journal-upload: journal export format. */
export const journald: Protocol = {
  name: "journald",
  mount: "/journald",
  decode: decodeJournald,
  refuse: refuseJournald,
};

/** The unit restarts a failed upload at once and gives up after five quick failures; a slow one it tries again for ever. */
const FAIL_AFTER_MS = 3_500;

function decodeJournald(request: IngestRequest): Result<Decoded, IngestRefusal> {
  if (request.body.length === 0) return refuse("empty_body", "the upload holds no entry");
  const entries = journalEntries(request.body, MAX_ENTRIES);
  if (entries.length === 0) return refuse("undecodable_body", "the body is no journal export format");
  if (entries.length > MAX_ENTRIES)
    return refuse("too_many_lines", `an upload may have ${MAX_ENTRIES} entries; begin it at --after-cursor`);
  const service = serviceOfRequest(request, /\/upload\/?$/) ?? "journald";
  // 202 and this text are what systemd-journal-remote answers.
  return ok({ batches: [{ service, entries }], recognised: "journald", answer: () => textReply(202, "OK.\n") });
}

/** Any refusal leaves the cursor where it was: nothing is lost, as long as the unit goes on. */
function refuseJournald(refused: Refused): Reply {
  if (!mayRepeat(refused)) return { ...refusalReply(refused), delayMs: FAIL_AFTER_MS };
  return { ...textReply(503, `${JSON.stringify(errorBody(refused))}\n`, retryAfter(refused)), delayMs: FAIL_AFTER_MS };
}
