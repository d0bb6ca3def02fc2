import type { LogRecord } from "../record.ts";
import type { DropReason, EnrichContext } from "./context.ts";
import { dropByRule } from "./drop-by-rule.ts";
import { dropBySampling } from "./drop-by-sampling.ts";
import { putCountry } from "./put-country.ts";
import { putLevel } from "./put-level.ts";
import { putPathTemplate } from "./put-path-template.ts";
import { putPlace } from "./put-place.ts";
import { putTimeFlags } from "./put-time-flags.ts";
import { putTrace } from "./put-trace.ts";
import { putUserAgent } from "./put-user-agent.ts";
import { redactPersonal } from "./redact-personal.ts";
import { redactSecrets } from "./redact-secrets.ts";

export type { DropReason, EnrichContext } from "./context.ts";

/**
 * What happens to each record, in this order; a reason where it is not to be kept. Changes the record, never throws.
 *
 * Drops come as soon as they can be decided, redaction after all that reads.
 */
export function enrich(record: LogRecord, context: EnrichContext): DropReason | undefined {
  putTimeFlags(record, context);
  putLevel(record);
  putUserAgent(record);
  const dropped = dropByRule(record, context) ?? dropBySampling(record, context);
  if (dropped !== undefined) return dropped;
  putPlace(record, context);
  putCountry(record, context);
  putPathTemplate(record);
  putTrace(record);
  redactSecrets(record, context);
  redactPersonal(record, context);
  return undefined;
}
