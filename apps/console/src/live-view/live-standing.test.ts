import { ValetError, liveEndings } from "@valet/contracts";
import { expect, test } from "vitest";
import { afterClose, afterRefusal, pauseMs } from "./live-standing.ts";

test("a connection that broke comes back as it was, and control that ended leaves one looking on", () => {
  expect(afterClose(1006, "control")).toEqual({
    next: "control",
    isAtOnce: false,
    keepsControl: true,
    notice: "broken",
  });
  expect(afterClose(liveEndings.not_reading, "view")).toMatchObject({ next: "view" });
  for (const ending of ["idle", "time_limit", "handed_back", "sent"] as const) {
    expect(afterClose(liveEndings[ending], "control")).toEqual({
      next: "view",
      isAtOnce: true,
      keepsControl: false,
      notice: ending,
    });
  }
  expect(afterClose(liveEndings.session_over, "view")).toMatchObject({ next: "closed" });
  expect(afterClose(liveEndings.not_allowed, "view")).toMatchObject({ next: "stopped" });
});

test("who is refused control looks on, who finds no browser waits for one, and a server that is away is asked again", () => {
  const refused = (code: ConstructorParameters<typeof ValetError>[0]) =>
    new ValetError(code, "No.", {});
  expect(afterRefusal(refused("CONTROL_TAKEN"), "control")).toMatchObject({
    next: "view",
    keepsControl: false,
  });
  expect(afterRefusal(refused("SESSION_LOST"), "control")).toMatchObject({ next: "closed" });
  expect(afterRefusal(refused("NOT_FOUND"), "view")).toMatchObject({ next: "stopped" });
  expect(afterRefusal(refused("SESSION_HOST_UNAVAILABLE"), "control")).toMatchObject({
    next: "control",
    keepsControl: true,
  });
  expect([0, 1, 3, 50].map(pauseMs)).toEqual([300, 600, 2_400, 5_000]);
});
