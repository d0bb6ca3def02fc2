import { useState } from "preact/hooks";
import { ApiFailure } from "../../api/client.ts";

export interface Deed {
  isRunning: boolean;
  failure: ApiFailure | undefined;
  /** Done since it was last begun. */
  isDone: boolean;
  run: (work: () => Promise<void>) => Promise<void>;
}

/** Something that a person does and the server may refuse: what is told meanwhile and afterwards. */
export function useDeed(): Deed {
  const [state, setState] = useState<Omit<Deed, "run">>({ isRunning: false, failure: undefined, isDone: false });
  const run = async (work: () => Promise<void>) => {
    setState({ isRunning: true, failure: undefined, isDone: false });
    try {
      await work();
      setState({ isRunning: false, failure: undefined, isDone: true });
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure;
      setState({ isRunning: false, failure, isDone: false });
    }
  };
  return { ...state, run };
}
