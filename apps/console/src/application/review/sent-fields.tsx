import type { TaskDetail } from "@valet/contracts";
import { reviewStrings } from "../../strings/application-strings.ts";
import { FieldList } from "./field-list.tsx";
import "./review.css";

/** What the form holds, or held when it was sent; nothing can be changed here. */
export function SentFields({ task: { fields, outcome } }: { readonly task: TaskDetail }) {
  if (fields.length === 0) return null;
  return (
    <section className="card panel review">
      <h2>{headOf(outcome)}</h2>
      <FieldList fields={fields} />
    </section>
  );
}

function headOf(outcome: TaskDetail["outcome"]): string {
  if (outcome === null) return reviewStrings.holdsSoFar;
  const wasSent = outcome === "confirmed" || outcome === "unconfirmed" || outcome === "rejected";
  return wasSent ? reviewStrings.sent : reviewStrings.held;
}
