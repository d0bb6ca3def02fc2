import type { ComponentType } from "preact";
import type { PageName } from "../address/pages.ts";
import { lazy } from "../shell/lazy.tsx";
import { Browsers } from "./browsers.tsx";
import { Countries } from "./countries.tsx";
import { Devices } from "./devices.tsx";
import { Figures } from "./figures.tsx";
import type { Scene } from "./scene.ts";
import { Services } from "./services.tsx";
import { Status } from "./status.tsx";
import { Systems } from "./systems.tsx";
import { TopPaths } from "./top-paths.tsx";
import { Volume } from "./volume.tsx";

/** "6-12": half of a wide page, the whole of a narrower one. */
type Columns = 3 | 4 | 5 | 6 | 7 | 8 | 12 | "6-12";

export interface PanelEntry {
  name: string;
  /** Of the twelve columns of a wide page; a narrow one has fewer. */
  columns: Columns | Partial<Record<PageName, Columns>>;
  on: readonly PageName[];
  /** Drawn once somebody comes near: it is far down, and has a script of its own. */
  whenNear?: boolean;
  View: ComponentType<Scene>;
}

const EVERYWHERE = ["overview", "service"] as const;

/** Every panel, in the order in which a page shows those that are on it. Lazy: what the first page does not show. */
export const PANELS: readonly PanelEntry[] = [
  { name: "figures", columns: 12, on: EVERYWHERE, View: Figures },
  { name: "volume", columns: 8, on: EVERYWHERE, View: Volume },
  { name: "status", columns: 4, on: EVERYWHERE, View: Status },
  { name: "services", columns: 12, on: ["overview"], View: Services },
  { name: "top-paths", columns: "6-12", on: ["overview"], View: TopPaths },
  { name: "latency", columns: 6, on: ["service"], View: lazy(async () => (await import("./latency.tsx")).Latency) },
  {
    name: "status-over-time",
    columns: 6,
    on: ["service"],
    View: lazy(async () => (await import("./status-over-time.tsx")).StatusOverTime),
  },
  {
    name: "path-figures",
    columns: 7,
    on: ["service"],
    View: lazy(async () => (await import("./path-figures.tsx")).PathFigures),
  },
  { name: "top-ips", columns: 5, on: ["service"], View: lazy(async () => (await import("./top-ips.tsx")).TopIps) },
  { name: "world", columns: 8, on: ["service"], View: lazy(async () => (await import("./world.tsx")).World) },
  { name: "countries", columns: { overview: 3, service: 4 }, on: EVERYWHERE, View: Countries },
  { name: "browsers", columns: { overview: 3, service: 4 }, on: EVERYWHERE, View: Browsers },
  { name: "systems", columns: { overview: 6, service: 4 }, on: EVERYWHERE, View: Systems },
  { name: "devices", columns: { overview: 6, service: 4 }, on: EVERYWHERE, View: Devices },
  { name: "events", columns: 6, on: ["service"], View: lazy(async () => (await import("./events.tsx")).Events) },
  { name: "bots", columns: 6, on: ["service"], View: lazy(async () => (await import("./bots.tsx")).Bots) },
  {
    name: "referrers",
    columns: 6,
    on: ["service"],
    View: lazy(async () => (await import("./referrers.tsx")).Referrers),
  },
  { name: "methods", columns: 6, on: ["service"], View: lazy(async () => (await import("./methods.tsx")).Methods) },
  {
    name: "live-tail",
    columns: 12,
    on: EVERYWHERE,
    whenNear: true,
    View: lazy(async () => (await import("./live-tail.tsx")).LiveTail),
  },
];

export const columnsOf = ({ columns }: PanelEntry, page: PageName): Columns =>
  typeof columns === "object" ? (columns[page] ?? 12) : columns;
