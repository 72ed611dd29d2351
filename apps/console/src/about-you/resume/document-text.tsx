import type { DocumentLine } from "@valet/contracts";
import { useEffect, useRef } from "react";
import { startStrings } from "../../strings/start-strings.ts";
import type { Mark } from "./find-in-lines.ts";
import type { ReadFact } from "./read-facts.ts";

interface DocumentTextInput {
  readonly name: string;
  readonly lines: readonly DocumentLine[];
  readonly marks: readonly Mark[];
  readonly active: ReadFact | undefined;
}

/** The document in its own words; what a value was read from is marked, and is in sight. */
export function DocumentText({ name, lines, marks, active }: DocumentTextInput) {
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    const box = pane.current;
    const mark = box?.querySelector("mark");
    if (box == null || mark == null) return;
    // The pane alone: the page stays where it is.
    const offset = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
    const isInSight = offset > 0 && offset + mark.offsetHeight < box.clientHeight;
    if (!isInSight) box.scrollTop += offset - box.clientHeight / 3;
  }, [marks]);
  return (
    <aside className="document card" aria-label={startStrings.text(name)}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by itself, and by keyboard too */}
      <section className="document-pane" ref={pane} tabIndex={0} aria-label={name}>
        {lines.length === 0 && <NoText active={active} />}
        {lines.map((line, index) => (
          <Line
            key={index}
            line={line}
            before={lines[index - 1]}
            mark={marks.find((one) => one.line === index)}
          />
        ))}
      </section>
      <output className="sr-only">
        {active !== undefined && startStrings.standsThere(active.source.text)}
      </output>
    </aside>
  );
}

function NoText({ active }: Pick<DocumentTextInput, "active">) {
  return (
    <>
      <p className="faint">{startStrings.noText}</p>
      {active !== undefined && (
        <p className="document-line">
          <mark>{active.source.text}</mark>
        </p>
      )}
    </>
  );
}

interface LineInput {
  readonly line: DocumentLine;
  readonly before: DocumentLine | undefined;
  readonly mark: Mark | undefined;
}

function Line({ line: { text, place, box }, before, mark }: LineInput) {
  const page = "page" in place ? place.page : undefined;
  const pageBefore = before !== undefined && "page" in before.place ? before.place.page : undefined;
  const isApart =
    before !== undefined &&
    page === pageBefore &&
    box.top - before.box.bottom > box.bottom - box.top;
  return (
    <>
      {page !== undefined && page !== pageBefore && (
        <p className="document-page small faint">{startStrings.page(page)}</p>
      )}
      <p className="document-line" dir="auto" data-apart={isApart || undefined}>
        {mark === undefined ? (
          text
        ) : (
          <>
            {text.slice(0, mark.start)}
            <mark>{text.slice(mark.start, mark.end)}</mark>
            {text.slice(mark.end)}
          </>
        )}
      </p>
    </>
  );
}
