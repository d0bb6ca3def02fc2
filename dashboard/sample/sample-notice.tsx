import { exact } from "../format/number.ts";
import { Icon } from "../icons/icon.tsx";
import { sampleTraffic } from "./is-sample.ts";
import { stopSampleTraffic } from "./sample-traffic.ts";

/** Says as long as it goes on that this page makes up traffic, and stops it. */
export function SampleNotice() {
  const running = sampleTraffic.value;
  if (!running) return null;
  return (
    <div class="notice" role="status">
      <Icon name={running.problem ? "alert" : "play"} />
      <p>
        {running.problem
          ? `The sample traffic does not run: ${running.problem}.`
          : `This page sends sample traffic: ${exact(running.sent)} lines so far, five minutes at most. Nothing of it is real.`}
      </p>
      <button type="button" class="button small" onClick={stopSampleTraffic}>
        {running.problem ? "Close" : "Stop"}
      </button>
    </div>
  );
}
