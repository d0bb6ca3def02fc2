import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Skeleton } from "../panels/answered.tsx";

/** A component whose script comes later. `fetched` begins to fetch it, and resolves once it is drawn without a wait. */
export type LazyView<Props extends object = object> = ComponentType<Props> & { fetched: () => Promise<void> };

/**
 * A component whose script is fetched when it is first shown: what the first page does not need does not slow it.
 * Until then it is a skeleton of so many lines.
 */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>, lines = 6): LazyView<Props> {
  let loaded: ComponentType<Props> | undefined;
  const fetched = async () => {
    loaded ??= await load();
  };
  function Lazy(props: Props) {
    const [, setState] = useState<"waiting" | "loaded">("waiting");
    const [isFailed, setFailed] = useState(false);
    useEffect(() => {
      // It may have come since this was drawn: then it is drawn anew all the same.
      fetched().then(
        () => setState("loaded"),
        () => setFailed(true),
      );
    }, []);
    if (loaded) {
      const View = loaded;
      return <View {...props} />;
    }
    return isFailed ? <NotLoaded /> : lines > 0 ? <Skeleton lines={lines} /> : null;
  }
  return Object.assign(Lazy, { fetched });
}

/** After an update of the server its old files are gone; a fresh page knows the new ones. */
const NotLoaded = () => (
  <section class="failure" role="alert">
    <div>
      <p>This could not be fetched: the server is away, or was updated since the page was opened.</p>
      <button type="button" class="link" onClick={() => location.reload()}>
        Load the page again
      </button>
    </div>
  </section>
);
