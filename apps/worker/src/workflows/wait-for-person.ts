import { Or, SleepCondition, UserEventCondition } from "@hatchet-dev/typescript-sdk";
import { engineEvents, waitScope } from "@valet/contracts";
import type { WaitsFor } from "../steps/step-result.ts";
import type { DurablePort } from "./durable-port.ts";
import { lookBackFrom } from "./look-back.ts";

/**
 * Waits until the person has said that it is done, or their time is over. Which of the two it was is in the
 * database, where both are decided by one clock.
 */
export async function waitForPerson(
  port: DurablePort,
  { taskId, wall: { stepId, kind, seconds } }: { readonly taskId: string; readonly wall: WaitsFor },
): Promise<void> {
  const event = kind === "captcha" ? engineEvents.captchaSolved : engineEvents.humanStepDone;
  const since = lookBackFrom(await port.now());
  await port.waitFor(
    Or(
      new SleepCondition(`${seconds}s`, "expired"),
      new UserEventCondition(
        event,
        `input.stepId == '${stepId}'`,
        "done",
        undefined,
        waitScope({ taskId, stepId }),
        since,
      ),
    ),
  );
}
