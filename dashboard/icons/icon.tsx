/** Lines of 24 × 24 icons, drawn for this dashboard. */
const PATHS = {
  overview: "M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z",
  live: "M3 12h3l3-8 5 16 3-8h4",
  explore: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM20 20l-4.7-4.7",
  pipeline: "M4 7h7a3 3 0 0 1 3 3v4a3 3 0 0 0 3 3h3M17.5 14.5 20 17l-2.5 2.5M4 17h4",
  query: "M5 6c0-3 14-3 14 0v12c0 3-14 3-14 0zM5 6c0 3 14 3 14 0M5 12c0 3 14 3 14 0",
  settings:
    "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  help: "M9 9.5a3 3 0 1 1 4.6 2.5c-1 .6-1.6 1.2-1.6 2.3M12 17.7v.3M12 21.5a9.5 9.5 0 1 0 0-19 9.5 9.5 0 0 0 0 19z",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17",
  columns: "M4 5h16v14H4zM9.5 5v14M14.5 5v14",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  terminal: "M4 5h16v14H4zM7.5 9.5l3 2.5-3 2.5M12.5 15h4",
  star: "m12 4 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z",
  wrap: "M4 6h16M4 12h12.5a3 3 0 0 1 0 6H11M13.5 15.5 11 18l2.5 2.5M4 18h3",
  pause: "M8 5v14M16 5v14",
  play: "M7 4.5v15l12-7.5z",
  down: "M12 5v14M6 13l6 6 6-6",
  copy: "M9 9h10v11H9zM5 15V4h10",
  check: "m5 12.5 4.5 4.5L19 7",
  close: "M6 6l12 12M18 6 6 18",
  table: "M4 5h16v14H4zM4 10h16M10 5v14",
  chart: "M4 20h16M7 16v-5M12 16V6M17 16v-8",
  sun: "M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  system: "M4 5h16v11H4zM9 20h6M12 16v4",
  chevron: "m6 9 6 6 6-6",
  alert: "M12 4 2.5 20h19zM12 10v4.5M12 17v.5",
  offline: "M3 3l18 18M8.5 15.5a5 5 0 0 1 7 0M5 12a10 10 0 0 1 5-2.7M14 9.3a10 10 0 0 1 5 2.7M12 19v.3",
  filter: "M4 5h16l-6 8v6l-4-2v-4z",
  without: "M5 12h14",
  plus: "M12 5v14M5 12h14",
  key: "M8 15.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 11.5h9v3.5M17.5 11.5v3",
  out: "M14 4H5v16h9M10 12h11M17.5 8.5 21 12l-3.5 3.5",
} as const;

export type IconName = keyof typeof PATHS;

/** An icon beside words, or in a button that has a name: never alone, so never read out. */
export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);

export const Mark = ({ size = 22 }: { size?: number }) => (
  <svg class="mark" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d="M1 6c3 0 3 2.4 6 2.4S10 6 13 6s3 2.4 6 2.4M1 13h5l2-4h4l2 4h5" />
  </svg>
);
