import type { DeliveryMessage } from "../core/delivery/message.ts";
import type { Overview } from "./overview.ts";
import type { ServiceStream } from "./service-stream.ts";

/** What the objects need of the platform; the Worker's own Env extends it. */
export interface ObjectsEnv {
  RECORDS: Queue<DeliveryMessage>;
  STREAMS: DurableObjectNamespace<ServiceStream>;
  OVERVIEW: DurableObjectNamespace<Overview>;
  /** How many services one installation takes, as text; 1,000 unless set. */
  MAX_SERVICES?: string;
  /** Bytes of a stream's journal past which it refuses, as text; 256,000,000 unless set. */
  MAX_JOURNAL_BYTES?: string;
}
