// The search box, and what it finds while one types. Arrow keys walk through what was found; Enter opens it.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Exploring } from "./exploring";
import { KINDS, type Brief, type Kind, type Page, Refused } from "./source";
import { KindMark } from "./kind_mark";
import { Withheld } from "./withheld";
import { count, counted, kindName, period, sort } from "./words";

/** How long typing has to rest before it is asked for. */
const REST_MS = 120;
/** After how long a reader is told that it is being looked for. */
const SLOW_MS = 600;

type Results = { text: string; kinds: ReadonlySet<Kind>; page: Page<Brief> } | null;

export function Search({ exploring, onOpen }: { exploring: Exploring; onOpen: (brief: Brief) => void }) {
  const [text, setText] = useState("");
  const [kinds, setKinds] = useState<ReadonlySet<Kind>>(new Set());
  const [results, setResults] = useState<Results>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [slow, setSlow] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const asking = useRef(new AbortController());

  useEffect(() => {
    const wanted = text.trim();
    const stop = (asking.current = new AbortController());
    setRefusal(null);
    if (!wanted) {
      setResults(null);
      return () => stop.abort();
    }
    const late = setTimeout(() => setSlow(true), SLOW_MS);
    const timer = setTimeout(() => void find(wanted, null, stop.signal).finally(() => clearTimeout(late)), REST_MS);
    return () => {
      clearTimeout(timer);
      clearTimeout(late);
      setSlow(false);
      stop.abort();
    };
  }, [text, kinds]);

  async function find(wanted: string, before: Page<Brief> | null, signal: AbortSignal): Promise<void> {
    try {
      const page = await exploring.source.search(wanted, [...kinds], before?.next ?? null, signal);
      if (signal.aborted) return;
      setResults({ text: wanted, kinds, page: before ? { ...page, found: [...before.found, ...page.found] } : page });
      setRefusal(null);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refused)) throw error;
      if (error.code === "UNAUTHENTICATED" || error.code === "PURPOSE_REQUIRED") exploring.asking.refused(error);
      setRefusal(error.message);
    } finally {
      if (!signal.aborted) setSlow(false);
    }
  }

  const toggle = (kind: Kind): void => {
    const wanted = new Set(kinds);
    if (!wanted.delete(kind)) wanted.add(kind);
    setKinds(wanted);
  };

  /** Moves the focus among what was found; above the first one is the box. */
  const walk = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>("button.result") ?? [])];
    const place = buttons.indexOf(document.activeElement as HTMLButtonElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    (place < 0 ? box.current : buttons[Math.min(place, buttons.length - 1)])?.focus();
  };

  const { page } = results ?? {};
  /** Whether what stands there was found by what is written now. */
  const isCurrent = results !== null && results.text === text.trim() && results.kinds === kinds;

  const openFirst = (event: Event): void => {
    event.preventDefault();
    const [first] = results?.page.found ?? [];
    if (first && isCurrent) onOpen(first);
  };

  return (
    <div class="search" onKeyDown={walk}>
      <form role="search" onSubmit={openFirst}>
        <input
          ref={box}
          id="search"
          type="search"
          aria-label="Search records"
          placeholder="Name, number, identifier, words"
          autocomplete="off"
          spellcheck={false}
          maxLength={200}
          value={text}
          onInput={(event) => {
            exploring.close(); // what is found stands where the record's page was
            setText(event.currentTarget.value);
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </form>
      <div class="kinds" role="group" aria-label="Kinds searched">
        {KINDS.map((kind) => (
          <button key={kind} type="button" class="chip" aria-pressed={kinds.has(kind)} onClick={() => toggle(kind)}>
            <KindMark kind={kind} /> {kindName(kind, 2)}
          </button>
        ))}
      </div>
      <p class="found quiet" aria-live="polite">
        {refusal ? <span class="error">{refusal}</span> : slow ? "Searching…" : page ? foundSentence(page) : ""}
      </p>
      {page && (
        <ul ref={list} class="results">
          {page.found.map((brief) => (
            <li key={brief.id}>
              <button type="button" class="result" onClick={() => onOpen(brief)}>
                <KindMark kind={brief.kind} />
                <span class="label">{brief.label}</span>
                <span class="quiet">{[sort(brief), period(brief.from, brief.until)].filter(Boolean).join(" · ")} <Withheld of={brief} /></span>
                {brief.title && <span class="title">{brief.title}</span>}
              </button>
            </li>
          ))}
          {page.next && (
            <li>
              <button type="button" class="more" disabled={!isCurrent} onClick={() => void find(results?.text ?? "", page, asking.current.signal)}>
                Show more
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function foundSentence(page: Page<Brief>): string {
  if (!page.total) return "Nothing found. Fewer or other words may find more.";
  const all = counted(page.total, "record");
  return page.found.length < page.total ? `${all} found, ${count(page.found.length)} shown` : `${all} found`;
}
