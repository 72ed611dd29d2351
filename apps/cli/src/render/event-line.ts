import { waitText } from "@valet/client";
import type { TaskEvent } from "@valet/contracts";
import { formatDuration } from "./format-duration.ts";
import { printableText } from "./printable-text.ts";

/** One event as one plain line, for logs and pipes; `startedAt` is the time of the first event. */
export function eventLine(event: TaskEvent, startedAt: number): string {
  const time = formatDuration(Math.max(0, Date.parse(event.at) - startedAt)).padStart(10);
  return `${time}  ${describe(event)}`.trimEnd();
}

function describe(event: TaskEvent): string {
  switch (event.type) {
    case "state_change":
      return `state          ${event.data.from} → ${event.data.to}`;
    case "progress": {
      const { step, pct, message } = event.data;
      return `${step.padEnd(13)}  ${String(pct).padStart(3)} %  ${printableText(message)}`;
    }
    case "field_review":
      return `review         ${event.data.fields.length} fields are ready to be reviewed`;
    case "human_needed":
      return `person         ${waitText(event.data.kind)}`;
    case "submit_pressed":
      return `person         ${printableText(event.data.message)}`;
    case "human_done":
      return `person         ${event.data.outcome}`;
    case "completed":
      return `completed      ${event.data.outcome}`;
    case "failed":
      return `failed         ${event.data.code}: ${printableText(event.data.message)}`;
    case "resume_state":
      return `résumé         ${event.data.state}`;
  }
}
