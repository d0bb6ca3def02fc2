import type { Sender } from "./sender.ts";

export const gelf: Sender = {
  name: "gelf",
  title: "GELF over HTTP",
  isProven: true,
  config: ({ origin, service, key }) => ({
    files: [],
    run: `curl --fail-with-body --retry 5 --retry-all-errors -H "Authorization: Bearer ${key}" --data-binary @messages.gelf ${origin}/gelf/${service}`,
    notes: [
      `Libraries that set no headers: ${origin}/gelf/${service}?key=KEY.`,
      "Most GELF libraries never look at the answer: what is refused is lost.",
      "GELF over UDP and TCP (Docker's gelf driver) needs a shipper in between: Workers take HTTP only.",
    ],
  }),
};
