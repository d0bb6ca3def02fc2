import { TailList } from "../tail/tail-list.tsx";
import { NewLines, PauseButton, Spoken, TailEmpty, TailNote } from "../tail/tail-view.tsx";
import { useTail } from "../tail/use-tail.ts";
import { Panel } from "./panel.tsx";
import type { Scene } from "./scene.ts";

/** Lines as they arrive. */
export function LiveTail({ scope, feeds }: Scene) {
  const tail = useTail(scope, feeds);
  return (
    <Panel title="Live tail" class="tail-panel" note={<TailNote tail={tail} />} actions={<PauseButton tail={tail} />}>
      <TailEmpty tail={tail} q={scope.q} />
      <TailList tail={tail} showService={scope.service === undefined} wrap={false} />
      <NewLines tail={tail} />
      <Spoken tail={tail} />
    </Panel>
  );
}
