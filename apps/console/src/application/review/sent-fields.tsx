import type { TaskDetail } from "@valet/contracts";
import { strings } from "../../strings/en.ts";
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
  if (outcome === null) return strings.review.holdsSoFar;
  const wasSent = outcome === "confirmed" || outcome === "unconfirmed" || outcome === "rejected";
  return wasSent ? strings.review.sent : strings.review.held;
}
