import { expect, test } from "vitest";
import { handedOn } from "./start-app.ts";

test("only Valet's and the system's variables reach a child", () => {
  const env = {
    PATH: "/bin",
    VALET_LOG_LEVEL: "debug",
    S3_ENDPOINT: "http://s3",
    AWS_SECRET: "x",
    GITHUB_TOKEN: "y",
  };
  expect(Object.keys(handedOn(env))).toEqual(["PATH", "VALET_LOG_LEVEL", "S3_ENDPOINT"]);
});
