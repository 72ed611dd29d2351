import type { ResumeDetail } from "@valet/contracts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useConsole } from "../../app/console-context.ts";
import { startStrings } from "../../strings/start-strings.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { lookAgain, profileQuery, profileSourcesQuery } from "../profile-queries.ts";
import { DocumentText } from "./document-text.tsx";
import { marksOf } from "./find-in-lines.ts";
import { type ReadFact, readFacts } from "./read-facts.ts";
import { FactRow } from "./fact-row.tsx";

/** What a résumé says, line by line, beside the text that says it. */
export function Understood({ resume }: { readonly resume: ResumeDetail }) {
  const { client } = useConsole();
  const { data: profile, error: profileError } = useQuery(profileQuery(client));
  const { data: sources, error: sourcesError } = useQuery(profileSourcesQuery(client));
  const [active, setActive] = useState<ReadFact>();
  const marks = useMemo(
    () => (active === undefined ? [] : marksOf(active.source, resume.lines)),
    [active, resume.lines],
  );
  const error = profileError ?? sourcesError;
  if (error !== null) return <ProblemNotice error={error} />;
  if (profile === undefined || sources === undefined) return null;
  const groups = readFacts({ resume, profile, sources });
  return (
    <section className="understood" aria-labelledby="understood-title">
      <div className="understood-facts">
        <div>
          <h2 id="understood-title">{startStrings.understood}</h2>
          <p className="faint small">{startStrings.understoodHow}</p>
        </div>
        <KeepNew resume={resume} ids={additionsOf(resume)} />
        {groups.map(({ name, entries }) => (
          <section key={name} className="card panel fact-group" aria-labelledby={`group-${name}`}>
            <h3 id={`group-${name}`}>{startStrings.groups[name]}</h3>
            {entries.map(({ key, facts, note }) => (
              <div key={key} className="fact-entry">
                {note !== undefined && <p className="small fact-note">{note}</p>}
                <ul>
                  {facts.map((fact) => (
                    <FactRow
                      key={fact.pointer}
                      fact={fact}
                      resumeId={resume.id}
                      isActive={fact.pointer === active?.pointer}
                      onActive={setActive}
                    />
                  ))}
                </ul>
              </div>
            ))}
          </section>
        ))}
      </div>
      <DocumentText name={resume.fileName} lines={resume.lines} marks={marks} active={active} />
    </section>
  );
}

/** One press for all that replaces nothing. */
function KeepNew({
  resume,
  ids,
}: {
  readonly resume: ResumeDetail;
  readonly ids: readonly string[];
}) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const keep = useMutation({
    mutationFn: () => client.acceptResume(resume.id, { changes: [...ids] }),
    onSettled: () => lookAgain(queries),
  });
  return (
    <div className="card panel keep-new">
      {ids.length > 0 ? (
        <>
          <p>{startStrings.keepWhat(ids.length)}</p>
          {keep.error !== null && <ProblemNotice error={keep.error} />}
          <ActButton className="primary" isBusy={keep.isPending} onPress={() => keep.mutate()}>
            {startStrings.keepNew(ids.length)}
          </ActButton>
        </>
      ) : (
        <>
          <output>{startStrings.allKept}</output>
          <Link to="/start/facts" className="button primary">
            {startStrings.next}
          </Link>
        </>
      )}
    </div>
  );
}

/** They take nothing away. */
function additionsOf({ changes }: Pick<ResumeDetail, "changes">): readonly string[] {
  return changes.filter(({ kind }) => kind === "add").map(({ id }) => id);
}
