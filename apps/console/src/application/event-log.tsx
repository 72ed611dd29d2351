import { useState } from "react";
import { Button } from "react-aria-components";
import { eventStrings } from "../strings/application-strings.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import type { TaskStory } from "./use-task-story.ts";

const shownAtFirst = 60;

/** Every event by its number, the newest first. */
export function EventLog({ story: { events, problem } }: { readonly story: TaskStory }) {
  const [isAll, setAll] = useState(false);
  const shown = (isAll ? events : events.slice(-shownAtFirst)).toReversed();
  return (
    <details className="card panel event-log">
      <summary>
        <h2>{eventStrings.title}</h2>
        <span className="faint numbers">{events.length}</span>
      </summary>
      {problem !== undefined && <ProblemNotice error={problem} />}
      <ol reversed start={events.length} className="events">
        {shown.map((event) => (
          <li key={event.seq} className="event">
            <span className="faint numbers">{event.seq}</span>
            <time className="faint numbers" dateTime={event.at}>
              {new Date(event.at).toLocaleTimeString()}
            </time>
            <span>{eventStrings.describe(event)}</span>
          </li>
        ))}
      </ol>
      {shown.length < events.length && (
        <Button className="quiet" onPress={() => setAll(true)}>
          {eventStrings.showAll(events.length)}
        </Button>
      )}
    </details>
  );
}
