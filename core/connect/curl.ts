import type { Sender } from "./sender.ts";

export const curl: Sender = {
  name: "curl",
  title: "curl, any file of lines or JSON",
  isProven: true,
  config: ({ origin, service, key }) => ({
    files: [],
    run: `curl --fail-with-body --retry 5 --retry-all-errors -H "Authorization: Bearer ${key}" --data-binary @access.log ${origin}/ingest/${service}`,
    notes: [
      "Always --data-binary or -T: -d takes the newlines out.",
      "A request takes 20,000 lines; `split -l 20000` cuts a longer file.",
      "--retry alone gives up on a broken connection, hence --retry-all-errors. Lines with times finer than a second are stored once even so; others need an `Idempotency-Key` header.",
    ],
  }),
};
