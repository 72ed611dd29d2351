import { expect, test } from "vitest";
import { findOsUser } from "./find-os-user.ts";

test("a user of this machine is found by name, an unknown one gets the command that makes it", async () => {
  expect(await findOsUser("root")).toEqual({ uid: 0, gid: 0 });
  await expect(findOsUser("nobody-here")).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining("useradd --system --user-group --no-create-home nobody-here"),
  });
});
