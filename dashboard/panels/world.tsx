import countries from "virtual:world-map";
import { useEffect, useRef } from "preact/hooks";
import { chooseFilter, filterText } from "../address/scope.ts";
import { hasTerm, termOf, withTerm } from "../address/terms.ts";
import type { TopAnswer } from "../api/answers.ts";
import { countryName } from "../format/country.ts";
import { exact } from "../format/number.ts";
import { useTop } from "../series/use-scope-answer.ts";
import { Answered } from "./answered.tsx";
import { Panel } from "./panel.tsx";
import type { Scene } from "./scene.ts";
import "./world.css";

/** More than there are countries. */
const ALL = 260;
/** So much of the accent the least country has, so that one record is seen. */
const LEAST_PERCENT = 18;

/** Where requests came from, as a map; the list of countries beside it says the same, and by keyboard. */
export function World({ scope }: Scene) {
  const answer = useTop(scope, "country", ALL);
  return (
    <Panel
      title="World"
      note={answer.value && `${answer.value.values.length} countries · click one to filter`}
      isEarlier={answer.isEarlier}
    >
      <Answered answer={answer} lines={9}>
        {(value) => <WorldMap answer={value} />}
      </Answered>
    </Panel>
  );
}

function WorldMap({ answer: { values } }: { answer: TopAnswer }) {
  const place = useRef<SVGSVGElement>(null);
  const counts = new Map(values.map(({ value, count }) => [value, count]));
  const most = values[0]?.count ?? 1;
  useEffect(() => {
    const element = place.current!;
    const onClick = (event: Event) => {
      const code = (event.target as Element).getAttribute("data-country");
      if (code) chooseFilter(withTerm(filterText.peek(), termOf("country", code)));
    };
    element.addEventListener("click", onClick);
    return () => element.removeEventListener("click", onClick);
  }, []);
  const named = values.slice(0, 3).map(({ value, count }) => `${countryName(value)} ${exact(count)}`);
  return (
    <svg
      ref={place}
      class="world"
      viewBox="0 0 2880 1410"
      role="img"
      aria-label={`Records by country. ${named.length === 0 ? "None has one." : `Most from ${named.join(", ")}.`}`}
    >
      {countries.map(([code, path], at) => {
        const count = counts.get(code);
        const isChosen = code !== "" && hasTerm(filterText.value, termOf("country", code));
        return (
          <path
            key={at}
            d={path}
            class={`${count ? "seen" : ""} ${isChosen ? "chosen" : ""}`}
            {...(count ? { "data-country": code, style: { "--share": `${shareOf(count, most)}%` } } : {})}
          >
            {code !== "" && <title>{`${countryName(code)}: ${exact(count ?? 0)}`}</title>}
          </path>
        );
      })}
    </svg>
  );
}

/** By the root: a country with a hundredth of the records is seen to be one of many, not none. */
const shareOf = (count: number, most: number): number =>
  LEAST_PERCENT + (100 - LEAST_PERCENT) * Math.sqrt(count / most);
