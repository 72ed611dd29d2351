import type { ReactNode } from "react";
import type { Tone } from "../ui/tone.ts";

export interface FactRow {
  readonly key: string;
  readonly name: ReactNode;
  readonly tone?: Tone;
  readonly facts: readonly (readonly [label: string, value: ReactNode])[];
  readonly acts?: ReactNode;
}

interface FactListInput {
  readonly label: string;
  readonly rows: readonly FactRow[];
  /** Said where there are none. */
  readonly nothing: string;
  /** Many with few facts: one line each where there is room. */
  readonly isTight?: boolean;
}

/** Things with some facts each: as a table where there is room, and one below the other on a phone. */
export function FactList({ label, rows, nothing, isTight }: FactListInput) {
  if (rows.length === 0) return <p className="faint">{nothing}</p>;
  return (
    <ul className="fact-list" aria-label={label} data-tight={isTight}>
      {rows.map(({ key, name, tone, facts, acts }) => (
        <li key={key} className="fact-row" data-tone={tone}>
          <span className="fact-name">{name}</span>
          <dl className="fact-values">
            {facts.map(([what, value]) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd className="numbers">{value}</dd>
              </div>
            ))}
          </dl>
          {acts !== undefined && <div className="fact-acts">{acts}</div>}
        </li>
      ))}
    </ul>
  );
}
