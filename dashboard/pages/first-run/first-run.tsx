import { SAMPLE_SERVICE } from "../../sample/is-sample.ts";
import { startSampleTraffic } from "../../sample/sample-traffic.ts";
import { Senders } from "./senders.tsx";

/** Nothing was ever sent: how to send the first line. The page becomes the overview when it arrives. */
export const FirstRun = () => (
  <section class="welcome">
    <p class="waiting-line">
      <i class="pulse" /> Waiting for the first line
    </p>
    <h1>Send something, and watch it arrive</h1>
    <p class="lead">
      Pick one, run it in a terminal. This page turns into your dashboard within a second of the first line.
    </p>
    <Senders service="web" />
    <p class="sample-offer">
      <button type="button" class="button" onClick={() => void startSampleTraffic()}>
        Start sample traffic
      </button>
      <span class="faint">
        Lines of a shop that does not exist, sent by this page to a service of its own, <code>{SAMPLE_SERVICE}</code>,
        and badged as a sample wherever they stand.
      </span>
    </p>
  </section>
);
