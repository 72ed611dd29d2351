import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "@20minutes/s3rver";
import { Secret } from "@valet/runtime";
import type { StoreConfig } from "./open-store.ts";

export const driverNames = ["fs", "s3"] as const;

export interface Drivers {
  readonly configs: {
    readonly [Kind in (typeof driverNames)[number]]: Extract<StoreConfig, { kind: Kind }>;
  };
  /** Where both keep their files. */
  readonly directory: string;
  readonly close: () => Promise<void>;
}

/** What every promise of the store is shown on: a folder, and a bucket of a real server. */
export async function startDrivers(): Promise<Drivers> {
  const directory = await mkdtemp(join(tmpdir(), "valet-storage-"));
  const s3 = new S3rver({
    address: "127.0.0.1",
    port: 0,
    directory: join(directory, "s3"),
    silent: true,
    resetOnClose: true,
    configureBuckets: [{ name: "valet" }],
    // Its own check refuses right signatures of bucket calls; see create-s3-store.test.ts.
    allowMismatchedSignatures: true,
  });
  const { port } = await s3.run();
  return {
    directory,
    configs: {
      fs: { kind: "fs", root: join(directory, "fs") },
      s3: {
        kind: "s3",
        endpoint: `http://127.0.0.1:${port}`,
        bucket: "valet",
        region: "us-east-1",
        accessKey: new Secret("S3RVER"),
        secretKey: new Secret("S3RVER"),
      },
    },
    async close() {
      await s3.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
