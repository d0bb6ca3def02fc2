import { useEffect, useId, useRef, useState } from "preact/hooks";
import { chooseFilter, filterText } from "../address/scope.ts";
import { Icon } from "../icons/icon.tsx";

/** Applied when typing rests this long; Enter applies at once. */
const REST_MS = 500;

/** Whoever rests here is about to choose a value: that it is missing is no news. */
const UNFINISHED = /[:([{<>="-]$/;

/** Parser and suggestions are only fetched by those who type. */
const loadHelp = () => import("../filter/filter-help.ts");
type Help = Awaited<ReturnType<typeof loadHelp>>;

/** The filter of the page. What is not understood is said below, and not applied. `/` comes here from anywhere. */
export function FilterField() {
  const [text, setText] = useState(filterText.value);
  const [problem, setProblem] = useState<string>();
  const [help, setHelp] = useState<Help>();
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();

  // The address may change elsewhere: a clicked value, the back button.
  useEffect(() => {
    setText(filterText.value);
    setProblem(undefined);
  }, [filterText.value]);

  const apply = async (q: string) => {
    clearTimeout(timer.current);
    const wrong = (await loadHelp()).checkFilter(q);
    setProblem(wrong);
    if (wrong === undefined && q.trim() !== filterText.peek()) chooseFilter(q);
  };
  const onText = (q: string) => {
    setText(q);
    clearTimeout(timer.current);
    if (!UNFINISHED.test(q)) timer.current = setTimeout(() => void apply(q), REST_MS);
  };
  const clear = () => {
    setText("");
    void apply("");
  };
  return (
    <search class={`filter ${problem ? "wrong" : ""}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void apply(text);
        }}
      >
        <Icon name="filter" size={15} />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Filter"
          aria-autocomplete="list"
          aria-expanded="false"
          aria-keyshortcuts="/"
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? id : undefined}
          placeholder={'level:error  status:>=500  -path:/healthz  "connection reset"'}
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          enterKeyHint="search"
          value={text}
          onFocus={() => void loadHelp().then(setHelp)}
          onInput={(event) => onText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        />
        {help && field.current && <help.SuggestionList field={field.current} text={text} onText={onText} />}
        {text === "" ? (
          <kbd title="Press / to come here, ? for all keys">/</kbd>
        ) : (
          <button type="button" class="icon-button small" aria-label="Clear the filter" onClick={clear}>
            <Icon name="close" size={13} />
          </button>
        )}
        {problem && (
          <p id={id} class="filter-problem" role="alert">
            {problem}
          </p>
        )}
      </form>
    </search>
  );
}
