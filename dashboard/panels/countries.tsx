import { countryFlag, countryName } from "../format/country.ts";
import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

/** Where requests came from, by the client's address. */
export const Countries = (scene: Pick<Scene, "scope">) => (
  <TopList
    {...scene}
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
