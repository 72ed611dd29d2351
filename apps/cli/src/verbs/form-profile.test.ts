import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCaptured } from "../run-captured.ts";

let cwd = "";
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "valet-form-profile-"));
  await writeFile(join(cwd, "form.html"), "<form><label>Email <input></label></form>");
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const wrongProfiles = [
  [{ basics: { email: 7 } }, "/basics/email"],
  [{ application: { birthdate: "soon" } }, "/application/birthdate"],
  [{ application: { completeLists: ["hobbies"] } }, "/application/completeLists/0"],
  ["a name", "/: "],
] as const;

test.each(wrongProfiles)(
  "a form is not opened for a profile with a wrong type, named by its path: %j",
  async (profile, path) => {
    await writeFile(join(cwd, "wrong.json"), JSON.stringify(profile));
    const argv = ["form", "fill", "form.html", "--profile", "wrong.json", "--offline", "--json"];
    const { exitCode, stdout } = await runCaptured({ argv, cwd });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: "USAGE", message: expect.stringContaining(path) },
    });
  },
);
