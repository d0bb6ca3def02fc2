import { isSample } from "./is-sample.ts";

export const SampleBadge = ({ service }: { service: string }) =>
  isSample(service) ? (
    <span class="sample-badge" title="Made up by this dashboard, sent by nobody">
      sample
    </span>
  ) : null;
