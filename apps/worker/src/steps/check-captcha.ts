import {
  type CheckCaptchaOutput,
  type Passed,
  type Stopped,
  type UploadResumeOutput,
  isPassed,
  isStopped,
} from "./step-result.ts";

interface CheckCaptchaPorts {
  /** What the steps before this one came to. */
  readonly came: UploadResumeOutput | Passed;
  /** Returns once the person has said that it is done, or their time is over. */
  readonly waitForPerson: (stopped: Stopped["stopped"]) => Promise<void>;
  /** Goes on from where the application stopped; `round` makes each try a child of its own. */
  readonly goOn: (
    stopped: Stopped["stopped"],
    round: number,
  ) => Promise<UploadResumeOutput | Passed>;
}

/**
 * Waits for the person wherever the application has stopped, and has it go on, until nothing stops it.
 * Durable: what it waits for comes from outputs alone, never from the live page, so it takes the same way
 * each time it resumes. What became of a wait is in the database, and the child looks there.
 */
export async function checkCaptcha({
  came,
  waitForPerson,
  goOn,
}: CheckCaptchaPorts): Promise<CheckCaptchaOutput | Passed> {
  let now = came;
  for (let walls = 0; ; walls += 1) {
    if (!isPassed(now)) {
      const { attached: _attached, verified: _verified, ...prepared } = now;
      return { walls, ...prepared };
    }
    if (!isStopped(now)) return now;
    await waitForPerson(now.stopped);
    now = await goOn(now.stopped, walls);
  }
}
