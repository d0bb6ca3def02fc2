import { ask } from "../../api/client.ts";
import { signedOut } from "../../api/session.ts";
import { Panel } from "../../panels/panel.tsx";
import { Refused } from "./field.tsx";
import { SureButton } from "./sure-button.tsx";
import { useDeed } from "./use-deed.ts";

/** For a browser that was lost, or a token that was seen: whoever is signed in has to do it again. */
export function Sessions() {
  const deed = useDeed();
  const endAll = () =>
    deed.run(async () => {
      await ask("/api/session", { method: "DELETE", query: { everywhere: "1" } });
      signedOut();
    });
  return (
    <Panel title="Sessions">
      <div class="sessions">
        <p class="faint">Signs out every browser, this one too. Keys go on working.</p>
        <SureButton label="Sign out everywhere" sureLabel="Really everywhere" deed={deed} run={endAll} />
        {deed.failure && <Refused failure={deed.failure} />}
      </div>
    </Panel>
  );
}
