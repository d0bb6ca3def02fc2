import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Skeleton } from "../panels/answered.tsx";

/** A component whose script is fetched when it is first shown: what the first page does not need does not slow it. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [, setState] = useState<"waiting" | "loaded">("waiting");
    const [isFailed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (view) => {
          loaded = view;
          setState("loaded");
        },
        () => setFailed(true),
      );
    }, []);
    if (loaded) {
      const View = loaded;
      return <View {...props} />;
    }
    return isFailed ? <NotLoaded /> : <Skeleton lines={6} />;
  };
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
