import type { TaskEvent } from "@valet/contracts";
import { useState } from "react";
import { fieldWords } from "../application/review/value-words.ts";
import { useEvents } from "../live/live-context.ts";
import { liveStrings } from "../strings/live-strings.ts";
import { useNow } from "../ui/use-now.ts";

type Press = Extract<TaskEvent, { type: "submit_pressed" }>["data"];

interface PressedPanelInput {
  readonly taskId: string;
  /** This window is in control: a press is its person's. */
  readonly isWatched: boolean;
}

/** What the button would send that the person in control has just pressed; the press itself was kept back. */
export function PressedPanel({ taskId, isWatched }: PressedPanelInput) {
  const [press, setPress] = useState<Press>();
  useEvents((events) => {
    const last = events.findLast((event) => event.taskId === taskId && isPress(event));
    if (last !== undefined && isPress(last)) setPress(last.data);
  });
  if (!isWatched && press !== undefined) setPress(undefined);
  return (
    <section className="live-pressed" aria-live="polite" aria-label={liveStrings.pressed}>
      {isWatched && press !== undefined && (
        <div className="notice" data-tone="ask">
          <p>{press.message}</p>
          {press.approval !== undefined && (
            <>
              <Left until={press.approval.expiresAt} />
              <dl className="facts">
                {press.approval.fields.map((field) => (
                  <div key={field.id} className="live-fact">
                    <dt>
                      <bdi>{field.label}</bdi>
                    </dt>
                    <dd>
                      <bdi>{fieldWords(field) || "–"}</bdi>
                    </dd>
                  </div>
                ))}
              </dl>
            </>
          )}
        </div>
      )}
    </section>
  );
}

function isPress(event: TaskEvent): event is Extract<TaskEvent, { type: "submit_pressed" }> {
  return event.type === "submit_pressed";
}

function Left({ until }: { readonly until: string }) {
  const now = useNow("second");
  const seconds = Math.ceil((Date.parse(until) - now) / 1_000);
  return (
    <p className="live-left numbers" role="timer">
      {seconds > 0 ? liveStrings.pressedLeft(seconds) : liveStrings.pressedOver}
    </p>
  );
}
