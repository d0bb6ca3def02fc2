import { useEffect, useState } from "preact/hooks";
import { address, replace } from "../address/address.ts";
import { ApiFailure } from "../api/client.ts";
import { placeOfView } from "../api/views.ts";
import { Failure, Skeleton } from "../panels/answered.tsx";

/** Goes on to what a link to a saved view stands for. */
export function OpenView() {
  const id = address.value.query.get("view") ?? "";
  const [failure, setFailure] = useState<ApiFailure>();
  useEffect(() => {
    placeOfView(id).then(
      (href) => {
        if (href !== undefined) replace(href);
        else setFailure(new ApiFailure("not_found", "This saved view is of a kind that this dashboard does not know."));
      },
      (error: unknown) => {
        if (!(error instanceof ApiFailure)) throw error;
        setFailure(error);
      },
    );
  }, [id]);
  return failure ? <Failure failure={failure} again={() => replace("/")} /> : <Skeleton lines={6} />;
}
