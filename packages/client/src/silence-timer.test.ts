import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startSilenceTimer } from "./silence-timer.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("silence counts from what was heard last, once, and not after the end", () => {
  let silences = 0;
  const timer = startSilenceTimer(1_000, () => (silences += 1));
  vi.advanceTimersByTime(900);
  timer.heard();
  vi.advanceTimersByTime(900);
  expect(silences).toBe(0);
  vi.advanceTimersByTime(100);
  expect(silences).toBe(1);
  vi.advanceTimersByTime(5_000);
  expect(silences).toBe(1);
  const stopped = startSilenceTimer(1_000, () => (silences += 1));
  stopped.stop();
  vi.advanceTimersByTime(5_000);
  expect(silences).toBe(1);
});
