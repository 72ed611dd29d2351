import { expect, onTestFinished, test } from "vitest";
import { closeWhatWasOpened, onceAProcess } from "./once-a-process.ts";

test("what is opened once a process is the same for all who ask, and closed at its end, last first", async () => {
  // What other files of this process have open stays open.
  const { valetTestClosers } = globalThis;
  globalThis.valetTestClosers = [];
  onTestFinished(() => void (globalThis.valetTestClosers = valetTestClosers));
  const seen: string[] = [];
  const opener = (name: string) =>
    onceAProcess(async () => {
      seen.push(`${name} opened`);
      return { close: async () => void seen.push(`${name} closed`) };
    });
  const [first, second, never] = [opener("first"), opener("second"), opener("never")];

  expect(await first()).toBe(await first());
  await second();
  expect(never).toBeTypeOf("function");
  await closeWhatWasOpened();
  await closeWhatWasOpened();

  expect(seen).toEqual(["first opened", "second opened", "second closed", "first closed"]);
});
