import type { Sender } from "./sender.ts";

export const awsFirehose: Sender = {
  name: "aws-firehose",
  title: "Amazon Data Firehose (HTTP endpoint)",
  isProven: false,
  config: ({ origin, service, key }) => {
    const destination = {
      EndpointConfiguration: { Name: "weir", Url: `${origin}/ingest/${service}?key=${encodeURIComponent(key)}` },
      RequestConfiguration: { ContentEncoding: "GZIP" },
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 },
      RetryOptions: { DurationInSeconds: 7200 },
      S3BackupMode: "FailedDataOnly",
      S3Configuration: { RoleARN: "arn:aws:iam::ACCOUNT:role/ROLE", BucketARN: "arn:aws:s3:::BUCKET" },
    };
    return {
      files: [{ name: "destination.json", text: `${JSON.stringify(destination, undefined, 2)}\n` }],
      run: "aws firehose create-delivery-stream --delivery-stream-name weir --http-endpoint-destination-configuration file://destination.json",
      notes: ["It repeats for RetryOptions, then what is left goes to the bucket: nothing is lost."],
    };
  },
};
