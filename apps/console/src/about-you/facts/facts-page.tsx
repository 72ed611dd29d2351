import type { Profile } from "@valet/contracts";
import { useQuery } from "@tanstack/react-query";
import { useConsole } from "../../app/console-context.ts";
import { factStrings } from "../../strings/fact-strings.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { AboutYou } from "../about-you.tsx";
import { profileQuery } from "../profile-queries.ts";
import { factGroupNames } from "./fact-fields.ts";
import { FactGroupForm } from "./fact-group-form.tsx";
import "./facts.css";
import { fieldName } from "./fact-values.ts";
import { missingFacts } from "./missing-facts.ts";

/** What forms ask for and no résumé says, group by group; what most of them want comes first. */
export function FactsPage() {
  const { client } = useConsole();
  const { data: profile, error, refetch } = useQuery(profileQuery(client));
  return (
    <AboutYou>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {profile === undefined && error === null && <p className="faint">{factStrings.loading}</p>}
      {profile !== undefined && (
        <div className="facts-page">
          <Missing profile={profile} />
          {factGroupNames.map((name) => (
            <FactGroupForm key={name} name={name} profile={profile} />
          ))}
          <NeverFilled />
        </div>
      )}
    </AboutYou>
  );
}

function Missing({ profile }: { readonly profile: Profile }) {
  const missing = missingFacts(profile);
  if (missing.length === 0) {
    return (
      <p className="notice" data-tone="good">
        {factStrings.nothingMissing}
      </p>
    );
  }
  return (
    <section className="notice missing" data-tone="ask" aria-labelledby="missing-title">
      <h2 id="missing-title">{factStrings.missing(missing.length)}</h2>
      <ul className="missing-list">
        {missing.map(({ pointer }) => (
          <li key={pointer}>
            <button type="button" className="missing-one" onClick={() => focusOn(pointer)}>
              {factStrings.field(pointer).label}
            </button>
          </li>
        ))}
      </ul>
      <p className="small faint">{factStrings.missingMeans}</p>
    </section>
  );
}

/** Where it can be said: the field itself, or the button that makes one. */
function focusOn(pointer: string): void {
  const place = document.getElementById(fieldName(pointer));
  const field = place?.querySelector<HTMLElement>("input, select, textarea, button");
  place?.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}

function NeverFilled() {
  return (
    <section className="card panel" aria-labelledby="never-title">
      <h2 id="never-title">{factStrings.never}</h2>
      <ul className="never-list">
        {factStrings.neverList.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </section>
  );
}
