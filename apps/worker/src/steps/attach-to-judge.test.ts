import { ValetError } from "@valet/contracts";
import type { StepTry } from "@valet/db";
import { expect, test } from "vitest";
import type { LiveSession } from "../live-sessions.ts";
import { attachToJudge } from "./attach-to-judge.ts";

const turn: StepTry = { runId: "run", step: "verify", attempt: 1 };
const run = { runId: "run", taskId: "task", turn };
const signal = AbortSignal.timeout(60_000);

type Handle = "ours" | "fenced" | "unreachable";

/** Plays the worker's handles: each attach gives the next, `forget` drops the one that is held. */
function handles(...given: readonly (readonly [sessionId: string, gate: Handle])[]) {
  const done: string[] = [];
  let next = 0;
  return {
    done,
    sessions: {
      attach: () => {
        const [id, gate] = given[next] ?? ["none", "unreachable"];
        done.push(`attach ${id}`);
        // Boundary: of a handle only what is asked here.
        return Promise.resolve({
          session: { id },
          gate: {
            disarm: () => {
              done.push(`close the gate of ${id}`);
              return gate === "ours" ? Promise.resolve() : Promise.reject(failures[gate]);
            },
          },
        } as unknown as LiveSession);
      },
      forget: () => {
        next += 1;
        return Promise.resolve();
      },
    },
  };
}

const failures = {
  fenced: new ValetError("FENCED", "Somebody else has it."),
  unreachable: new ValetError("SESSION_HOST_UNAVAILABLE", "No answer."),
} as const;

test("the gate is closed before the page that sent is looked at", async () => {
  const { sessions, done } = handles(["a", "ours"]);
  const { isSender } = await attachToJudge({ sessions }, { ...run, sentFrom: "a" }, signal);
  expect(isSender).toBe(true);
  expect(done).toEqual(["attach a", "close the gate of a"]);
});

test("nothing is judged while the gate cannot be closed", async () => {
  const { sessions } = handles(["a", "unreachable"]);
  const judging = attachToJudge({ sessions }, { ...run, sentFrom: "a" }, signal);
  await expect(judging).rejects.toBe(failures.unreachable);
});

test("a holder that was replaced attaches anew and closes that gate", async () => {
  const { sessions, done } = handles(["a", "fenced"], ["a", "ours"]);
  const { isSender } = await attachToJudge({ sessions }, { ...run, sentFrom: "a" }, signal);
  expect(isSender).toBe(true);
  expect(done.slice(2)).toEqual(["attach a", "close the gate of a"]);
});

test("a handle of an earlier browser gives way to the one that sent", async () => {
  const { sessions } = handles(["old", "ours"], ["a", "ours"]);
  const { isSender } = await attachToJudge({ sessions }, { ...run, sentFrom: "a" }, signal);
  expect(isSender).toBe(true);
});

test("another browser than the one that sent is known as such", async () => {
  const { sessions } = handles(["new", "ours"], ["new", "ours"]);
  const { isSender } = await attachToJudge({ sessions }, { ...run, sentFrom: "a" }, signal);
  expect(isSender).toBe(false);
});
