import type { TaskDetail } from "@valet/contracts";
import { useState } from "react";
import { Button } from "react-aria-components";
import { liveStrings } from "../strings/live-strings.ts";
import { LivePanel } from "./live-panel.tsx";
import { mayHaveBrowser } from "./may-have-browser.ts";

/**
 * The live browser on the application's page. It is open while that is where one looks: at a wall and while Valet
 * works. A review and questions are answered on the page itself; there it is a button.
 */
export function ApplicationLive({ task }: { readonly task: TaskDetail }) {
  const [chosen, setChosen] = useState<boolean>();
  if (!mayHaveBrowser(task)) return null;
  const asked = task.humanStep?.kind;
  const isOpen = chosen ?? (asked !== "review" && asked !== "question");
  if (isOpen) return <LivePanel task={task} onHide={() => setChosen(false)} />;
  return (
    <div>
      <Button onPress={() => setChosen(true)}>{liveStrings.show}</Button>
    </div>
  );
}
