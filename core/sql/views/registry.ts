import type { View } from "../view.ts";
import { batches } from "./batches.ts";
import { logs } from "./logs.ts";
import { minutes } from "./minutes.ts";
import { segments } from "./segments.ts";
import { services } from "./services.ts";
import { webLogs } from "./web-logs.ts";

/** What a statement may read, in the order in which it is offered. */
export const VIEWS: readonly View[] = [logs, webLogs, minutes, services, batches, segments];

export const VIEW_NAMES: ReadonlySet<string> = new Set(VIEWS.map(({ name }) => name));
