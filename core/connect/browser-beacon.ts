import type { Sender } from "./sender.ts";

export const browserBeacon: Sender = {
  name: "browser-beacon",
  title: "A web page: views, errors, web vitals",
  isProven: true,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "page.html",
        text: `<script src="${origin}/beacon.js" data-service="${service}" data-key="${key}" defer></script>\n`,
      },
    ],
    notes: [
      "Whoever reads the page reads the key: take one of scope beacon, bound to the page's origin, with a daily quota (docs/security.md); never the admin token.",
      "A beacon is sent once; what is refused is lost.",
    ],
  }),
};
