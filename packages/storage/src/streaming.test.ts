import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { everyCaseOr } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type Drivers, driverNames, startDrivers } from "./drivers.fixture.ts";

const megabyte = 1_000_000;
const byteSize = everyCaseOr(200, 32) * megabyte;
const entry = fileURLToPath(new URL("./stream-through.fixture.ts", import.meta.url));

let drivers: Drivers;
beforeAll(async () => {
  drivers = await startDrivers();
});
afterAll(() => drivers.close());

// Little room for garbage, collected at every look: what grows then is held.
const flags = ["--expose-gc", "--max-semi-space-size=1"];

test.each(driverNames)(
  "the %s store never holds a large object in memory",
  async (driver) => {
    const config = drivers.configs[driver];
    const keys = driver === "s3" ? { accessKey: "S3RVER", secretKey: "S3RVER" } : {};
    const input = JSON.stringify({ byteSize, config: { ...config, ...keys } });
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, entry, input]);
    const { grown, read } = z
      .object({ grown: z.number(), read: z.number() })
      .parse(JSON.parse(stdout));

    expect(read).toBe(byteSize);
    expect(grown).toBeLessThan(byteSize / everyCaseOr(8, 2));
  },
  everyCaseOr(10, 2) * 60_000,
);
