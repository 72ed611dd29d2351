import { Link, getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { StartHint } from "../about-you/start-hint.tsx";
import { strings } from "../strings/en.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { ApplicationList } from "./application-list.tsx";
import { BatchStrip } from "./batch-strip.tsx";
import { isNarrowed, filtersOf } from "./board-filters.ts";
import { BoardFilters } from "./board-filters-bar.tsx";
import "./board.css";
import { CancelDialog, type Meant } from "./cancel-dialog.tsx";
import { useApplications } from "./use-applications.ts";

const route = getRouteApi("/signed-in/");

export function BoardPage() {
  const search = route.useSearch();
  const filters = useMemo(() => filtersOf(search), [search]);
  const applications = useApplications(filters);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [meant, setMeant] = useState<Meant>();
  const { rows, isLoading, error, retry } = applications;
  const narrowed = isNarrowed(search);
  return (
    <>
      <div className="board-head">
        <h1>{strings.board.title}</h1>
        <Button
          className="quiet"
          isDisabled={rows.length === 0}
          onPress={() => setMeant({ filters, isNarrowed: narrowed })}
        >
          {strings.board.cancelMany}
        </Button>
      </div>
      <StartHint />
      <BatchStrip chosen={search.batch} />
      <BoardFilters search={search} tasks={applications.tasks} />
      {error !== null && <ProblemNotice error={error} retry={retry} />}
      {isLoading && error === null && <p className="faint">{strings.board.loading}</p>}
      {!isLoading && error === null && rows.length === 0 && <NothingHere isNarrowed={narrowed} />}
      <ApplicationList
        applications={applications}
        selected={selected}
        onSelect={(taskId, isSelected) =>
          setSelected((before) => withOrWithout(before, taskId, isSelected))
        }
      />
      {selected.size > 0 && (
        <div className="board-selection card">
          <Button className="danger" onPress={() => setMeant({ ids: [...selected] })}>
            {strings.board.cancelSelected(selected.size)}
          </Button>
          <Button className="quiet" onPress={() => setSelected(new Set())}>
            {strings.board.clearSelection}
          </Button>
        </div>
      )}
      {meant !== undefined && (
        <CancelDialog
          meant={meant}
          onClose={(isDone) => {
            setMeant(undefined);
            if (isDone) setSelected(new Set());
          }}
        />
      )}
    </>
  );
}

function NothingHere({ isNarrowed }: { readonly isNarrowed: boolean }) {
  if (isNarrowed) return <p className="board-empty card">{strings.board.noMatch}</p>;
  return (
    <div className="board-empty card">
      <p>{strings.board.nothing}</p>
      <Link to="/new" className="button primary">
        {strings.board.first}
      </Link>
      <p className="faint small">
        {strings.board.nothingHint} <code className="mono">{strings.board.nothingCommand}</code>
      </p>
    </div>
  );
}

function withOrWithout(all: ReadonlySet<string>, one: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(all);
  if (isIn) next.add(one);
  else next.delete(one);
  return next;
}
