import { countryFlag, countryName } from "../format/country.ts";
import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

/** Where requests came from, by the client's address. */
export const Countries = ({ scope, limit }: Pick<Scene, "scope"> & { limit?: number }) => (
  <TopList
    scope={scope}
    // Beside the map of a service's page there is room for more; else it stands beside ten paths.
    limit={limit ?? (scope.service === undefined ? 10 : 14)}
    title="Countries"
    dimension="country"
    empty="No address in this range belongs to a country."
    show={(code) => <Country code={code} />}
  />
);

const Country = ({ code }: { code: string }) => {
  const flag = countryFlag(code);
  return (
    <>
      <span class={flag ? "flag" : "code"} aria-hidden="true">
        {flag ?? code}
      </span>
      <span class="country">{countryName(code)}</span>
    </>
  );
};
