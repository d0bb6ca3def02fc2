import { useEffect, useId, useRef, useState } from "preact/hooks";
import { chooseFilter, filterText } from "../address/scope.ts";
import { Icon } from "../icons/icon.tsx";

/** Applied when typing rests this long; Enter applies at once. */
const REST_MS = 500;

type Check = (q: string) => string | undefined;

/** The parser is only fetched by those who type. */
const loadCheck = async (): Promise<Check> => (await import("../filter/check-filter.ts")).checkFilter;

/** The filter of the page. What is not understood is said below, and not applied. `/` comes here from anywhere. */
export function FilterField() {
  const [text, setText] = useState(filterText.value);
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();

  // The address may change elsewhere: a clicked value, the back button.
  useEffect(() => {
    setText(filterText.value);
    setProblem(undefined);
  }, [filterText.value]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  const apply = async (q: string) => {
    clearTimeout(timer.current);
    const wrong = (await loadCheck())(q);
    setProblem(wrong);
    if (wrong === undefined && q.trim() !== filterText.peek()) chooseFilter(q);
  };
  const onInput = (q: string) => {
    setText(q);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void apply(q), REST_MS);
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
          aria-label="Filter"
          aria-keyshortcuts="/"
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? id : undefined}
          placeholder={'level:error  status:>=500  -path:/healthz  "connection reset"'}
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          enterKeyHint="search"
          value={text}
          onFocus={() => void loadCheck()}
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        />
        {text === "" ? (
          <kbd title="Press / to come here">/</kbd>
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

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
