import type { Sender } from "./sender.ts";

export const cloudflareLogpush: Sender = {
  name: "cloudflare-logpush",
  title: "Cloudflare Logpush (HTTP destination)",
  isProven: false,
  config: ({ origin, service, key }) => {
    const job = {
      name: "weir",
      dataset: "http_requests",
      destination_conf: `${origin}/logpush/${service}?header_Authorization=${encodeURIComponent(`Bearer ${key}`)}`,
      output_options: {
        output_type: "ndjson",
        timestamp_format: "rfc3339ns",
        field_names: [
          ...["EdgeStartTimestamp", "ClientIP", "ClientRequestMethod", "ClientRequestHost", "ClientRequestURI"],
          ...["ClientRequestProtocol", "EdgeResponseStatus", "EdgeResponseBytes", "OriginResponseDurationMs"],
          ...["ClientRequestUserAgent", "ClientRequestReferer", "ClientCountry", "RayID"],
        ],
      },
      max_upload_records: 10_000,
      max_upload_bytes: 5_000_000,
      enabled: true,
    };
    return {
      files: [{ name: "logpush-job.json", text: `${JSON.stringify(job, undefined, 2)}\n` }],
      run: 'curl -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" -H "Content-Type: application/json" --data-binary @logpush-job.json https://api.cloudflare.com/client/v4/zones/$ZONE_ID/logpush/jobs',
      notes: [
        "max_upload_records holds a push below the 20,000 lines of a request.",
        "It repeats a refused push for a while, then that push is lost for good.",
      ],
    };
  },
};
