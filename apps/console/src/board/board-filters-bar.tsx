import { type ListedTask, Outcome, TaskState } from "@valet/contracts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import { Button } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { batchesQuery } from "../batch/batches-query.ts";
import { strings } from "../strings/en.ts";
import { clockWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";
import { type BoardSearch, isNarrowed } from "./board-filters.ts";

interface BoardFiltersInput {
  readonly search: BoardSearch;
  /** Those that are shown: their sites can be chosen. */
  readonly tasks: readonly ListedTask[];
}

const typingMs = 250;

/** What narrows the list stands in the address, so that it can be kept, sent and come back to. */
export function BoardFilters({ search, tasks }: BoardFiltersInput) {
  const navigate = useNavigate({ from: "/" });
  const { client } = useConsole();
  const { data: batches = [] } = useQuery(batchesQuery(client));
  const narrow = (change: Partial<BoardSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const now = useNow("half-minute");
  const platforms = [...new Set([...tasks.map(({ platform }) => platform), search.platform])];
  return (
    <search aria-label={strings.board.filters} className="board-filters">
      <FindWords
        key={search.text === undefined ? "none" : "some"}
        text={search.text}
        onFind={(text) => narrow({ text })}
      />
      <Choice
        label={strings.board.state}
        any={strings.board.anyState}
        value={search.state}
        options={TaskState.options.map((state) => [state, state.replaceAll("_", " ")])}
        onChoose={(state) => narrow({ state: TaskState.optional().parse(state) })}
      />
      <Choice
        label={strings.board.outcome}
        any={strings.board.anyOutcome}
        value={search.outcome}
        options={Outcome.options.map((outcome) => [outcome, strings.outcome(outcome)])}
        onChoose={(outcome) => narrow({ outcome: Outcome.optional().parse(outcome) })}
      />
      <Choice
        label={strings.board.platform}
        any={strings.board.anyPlatform}
        value={search.platform}
        options={platforms.flatMap((name) =>
          name === undefined ? [] : [[name, strings.platform(name)]],
        )}
        onChoose={(platform) => narrow({ platform })}
      />
      {(batches.length > 0 || search.batch !== undefined) && (
        <Choice
          label={strings.board.batch}
          any={strings.board.anyBatch}
          value={search.batch}
          options={batches.map(({ id, counts, createdAt }) => [
            id,
            strings.batch.name(counts.jobs, clockWords(createdAt, now)),
          ])}
          onChoose={(batch) => narrow({ batch })}
        />
      )}
      {isNarrowed(search) && (
        <Button
          className="quiet board-clear"
          onPress={() => void navigate({ search: {}, replace: true })}
        >
          {strings.board.clear}
        </Button>
      )}
    </search>
  );
}

function FindWords({
  text,
  onFind,
}: {
  readonly text: string | undefined;
  readonly onFind: (text: string | undefined) => void;
}) {
  const [typed, setTyped] = useState(text ?? "");
  const id = useId();
  useEffect(() => {
    const words = typed.trim() === "" ? undefined : typed.trim();
    if (words === text) return;
    const timer = setTimeout(() => onFind(words), typingMs);
    return () => clearTimeout(timer);
  }, [typed, text, onFind]);
  return (
    <div className="board-find">
      <label className="sr-only" htmlFor={id}>
        {strings.board.find}
      </label>
      <input
        id={id}
        className="field-input"
        type="search"
        placeholder={strings.board.findHint}
        maxLength={200}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </div>
  );
}

interface ChoiceInput {
  readonly label: string;
  readonly any: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly string[])[];
  readonly onChoose: (value: string | undefined) => void;
}

/** The browser's own: it is at home on every phone and costs nothing. */
function Choice({ label, any, value, options, onChoose }: ChoiceInput) {
  const id = useId();
  return (
    <div className="board-choice" data-chosen={value !== undefined || undefined}>
      <label className="sr-only" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="field-input"
        value={value ?? ""}
        onChange={({ currentTarget }) =>
          onChoose(currentTarget.value === "" ? undefined : currentTarget.value)
        }
      >
        <option value="">{any}</option>
        {options.map(([name = "", words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
