import { expect, test } from "vitest";
import { z } from "zod";
import { storeConfigOf, storeVariables } from "./store-variables.ts";

function configOf(environment: Record<string, string>) {
  return storeConfigOf(z.object(storeVariables).parse(environment));
}
const files = { VALET_STORAGE_DIR: "/objects" };
const s3 = { S3_ENDPOINT: "http://s3", S3_ACCESS_KEY: "a", S3_SECRET_KEY: "s" };

test("files need a folder, and take a key for links", () => {
  const config = configOf({ ...files, VALET_LINK_KEY: "k".repeat(32) });

  expect(configOf(files)).toEqual({ kind: "fs", root: "/objects", linkKey: undefined });
  expect(config).toMatchObject({ kind: "fs", linkKey: { reveal: expect.any(Function) } });
});

test("S3 takes the place of files, with the encryption that is asked for", () => {
  const kms = { S3_SSE: "aws:kms", S3_SSE_KMS_KEY_ID: "key-1" };

  expect(configOf({ ...files, ...s3 })).toMatchObject({ kind: "s3", encryption: undefined });
  expect(configOf({ ...s3, S3_SSE: "AES256" })).toMatchObject({ encryption: { kind: "AES256" } });
  expect(configOf({ ...s3, ...kms })).toMatchObject({
    encryption: { kind: "aws:kms", keyId: "key-1" },
  });
});

test.each([
  ["neither", {}],
  ["S3 without its keys", { S3_ENDPOINT: "http://s3" }],
  ["a short key for links", { ...files, VALET_LINK_KEY: "k".repeat(31) }],
  ["a key of the key service that nothing uses", { ...s3, S3_SSE_KMS_KEY_ID: "key-1" }],
])("%s is refused before anything starts", (_what, environment) => {
  expect(() => configOf(environment)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
});
