// A list that comes in pages: what came so far, how many there are, and the next page when it is asked for.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { next } from "../explorer/paging";
import { count } from "../explorer/words";
import { sentenceOf, useLast } from "./asking";
import type { Connection, OfficeSource } from "./office_source";
import { Refusal } from "./refusal";

interface Properties<T> {
  source: OfficeSource;
  query: string;
  /** What else is asked with. */
  asked?: Readonly<Record<string, unknown>>;
  /** Under which name the answer has the list. */
  name: string;
  one: string;
  empty: string;
  children: (each: T, again: () => void) => ComponentChildren;
}

interface Came<T> {
  nodes: readonly T[];
  total: number;
  after: string | null;
}

export function Listed<T extends object>({ source, query, asked = {}, name, one, empty, children }: Properties<T>) {
  const [came, setCame] = useState<Came<T> | null>(null);
  const [refusal, setRefusal] = useState("");
  const renew = useLast();
  const fetchPage = (before: Came<T> | null): void => {
    const signal = renew();
    source.told<Record<string, Connection<T>>>(query, { ...asked, after: before?.after ?? null }, signal).then(
      (told) => {
        if (signal.aborted) return;
        const page = told[name] as Connection<T>;
        setCame({ nodes: [...(before?.nodes ?? []), ...page.nodes], total: page.totalCount, after: next(page.pageInfo) });
        setRefusal("");
      },
      (error: unknown) => signal.aborted || setRefusal(sentenceOf(error)),
    );
  };
  useEffect(() => {
    setCame(null);
    setRefusal("");
    fetchPage(null);
  }, [query, JSON.stringify(asked)]);
  if (refusal) return <Refusal sentence={refusal} again={() => fetchPage(null)} />;
  if (!came) return <p class="empty slowly">Asking…</p>;
  if (!came.total) return <p class="empty">{empty}</p>;
  return (
    <>
      <p class="quiet">{count(came.total)} {came.total === 1 ? one : `${one}s`}{came.nodes.length < came.total && `, ${count(came.nodes.length)} shown`}</p>
      {came.nodes.map((each) => children(each, () => fetchPage(null)))}
      {came.after && <button type="button" class="more" onClick={() => fetchPage(came)}>Show more</button>}
    </>
  );
}
