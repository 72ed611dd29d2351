import type { TaskDetail } from "@valet/contracts";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { liveStrings } from "../strings/live-strings.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { ActButton } from "../ui/act-button.tsx";
import type { LiveScreen } from "./create-live-screen.ts";
import "./live-view.css";
import type { LiveStanding } from "./live-standing.ts";
import { liveWords } from "./live-words.ts";
import { PressedPanel } from "./pressed-panel.tsx";
import { TextEntry } from "./text-entry.tsx";
import { useLiveScreen } from "./use-live-screen.ts";

interface LivePanelInput {
  readonly task: TaskDetail;
  /** It has the page for itself. */
  readonly isLarge?: boolean;
  readonly onHide?: () => void;
}

/** An application's browser as it is now: looked at first, and acted in once control was taken. */
export function LivePanel({ task, isLarge = false, onHide }: LivePanelInput) {
  const { standing, screen, setPlace } = useLiveScreen(task.id, false);
  const acts = useRef<HTMLDivElement>(null);
  const inControl = standing.phase === "control";
  return (
    <section
      className="card panel live"
      data-large={isLarge || undefined}
      aria-labelledby="live-title"
      onKeyDownCapture={(event) => {
        if (inControl) swapFocus(event, screen, acts.current);
      }}
    >
      <div className="live-head">
        <h2 id="live-title">{liveStrings.title}</h2>
        <output className="live-says" data-phase={standing.phase}>
          {liveWords(standing, task)}
        </output>
        <div ref={acts} className="live-acts">
          <ControlActs standing={standing} screen={screen} isEnded={task.finishedAt !== null} />
          {!isLarge && (
            <Link to="/applications/$id/live" params={{ id: task.id }} className="button quiet">
              {liveStrings.ownPage}
            </Link>
          )}
          {onHide !== undefined && (
            <Button className="quiet" onPress={onHide}>
              {liveStrings.hide}
            </Button>
          )}
        </div>
      </div>
      {standing.error !== undefined && <ProblemNotice error={standing.error} />}
      {task.finishedAt === null && (
        <div
          className="live-screen"
          data-control={inControl || undefined}
          role="application"
          aria-label={liveStrings.screen}
        >
          <div ref={setPlace} className="live-place" />
          {!standing.isShown && (
            <p className="live-empty faint">{liveStrings.phases[standing.phase]}</p>
          )}
        </div>
      )}
      <PressedPanel taskId={task.id} isWatched={inControl} />
      {inControl && screen !== undefined && (
        <>
          <p className="small faint">{liveStrings.leaveHint}</p>
          <TextEntry screen={screen} hasClipboard={standing.hasClipboard} />
        </>
      )}
    </section>
  );
}

interface ControlActsInput {
  readonly standing: LiveStanding;
  readonly screen: LiveScreen | undefined;
  readonly isEnded: boolean;
}

function ControlActs({ standing: { phase, heldSince }, screen, isEnded }: ControlActsInput) {
  const [isHanding, setHanding] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const isTheirs = phase === "view" && heldSince !== null;
  if (screen === undefined || isEnded) return null;
  const handBack = () => {
    setHanding(true);
    setProblem(undefined);
    screen
      .handBack()
      .catch(setProblem)
      .finally(() => setHanding(false));
  };
  return (
    <>
      {problem !== undefined && <ProblemNotice error={problem} />}
      {phase === "view" && !isTheirs && (
        <Button className="primary" onPress={screen.takeControl}>
          {liveStrings.take}
        </Button>
      )}
      {(phase === "control" || isTheirs) && (
        <ActButton
          className={isTheirs ? "" : "primary"}
          isBusy={isHanding}
          data-hand-back
          onPress={handBack}
        >
          {isTheirs ? liveStrings.endTheirs : liveStrings.handBack}
        </ActButton>
      )}
      {phase === "stopped" && (
        <Button className="primary" onPress={screen.connectAgain}>
          {liveStrings.again}
        </Button>
      )}
    </>
  );
}

/** The picture takes every key, the Tab key too, so one leads out of it and back. */
function swapFocus(
  event: KeyboardEvent,
  screen: LiveScreen | undefined,
  acts: HTMLElement | null,
): void {
  if (event.key !== "F6") return;
  event.preventDefault();
  event.stopPropagation();
  if (event.target instanceof HTMLCanvasElement) acts?.querySelector("button")?.focus();
  else screen?.focus();
}
