import { expect, test } from "vitest";
import { readListenInput } from "./read-listen-input.ts";
import { SessionHostConfig } from "./session-host-config.ts";

function configOf(variables: Readonly<Record<string, string>>): SessionHostConfig {
  return SessionHostConfig.parse({
    DATABASE_URL: "postgres://127.0.0.1:9/none",
    VALET_SESSION_HOST_TOKEN: "token",
    ...variables,
  });
}

test.each(["127.0.0.1", "127.8.0.1", "::1", "localhost"])(
  "on %s no TLS is needed",
  async (address) => {
    const config = configOf({ VALET_SESSION_HOST_LISTEN: address });
    expect(await readListenInput(config)).toEqual({ address, port: 0, tls: undefined });
  },
);

test.each([
  [{ VALET_SESSION_HOST_LISTEN: "0.0.0.0" }, /people's data.*VALET_SESSION_HOST_TLS_CERT/],
  [{ VALET_SESSION_HOST_LISTEN: "10.0.0.7" }, /people's data/],
  [{ VALET_SESSION_HOST_LISTEN: "::" }, /people's data/],
  [{ VALET_SESSION_HOST_TLS_CERT: "/tmp/x.pem" }, /both files/],
  [
    { VALET_SESSION_HOST_TLS_CERT: "/nowhere/c.pem", VALET_SESSION_HOST_TLS_KEY: "/nowhere/k.pem" },
    /cannot be read/,
  ],
  [
    {
      VALET_SESSION_HOST_LISTEN: "0.0.0.0",
      VALET_SESSION_HOST_TLS_CERT: import.meta.filename,
      VALET_SESSION_HOST_TLS_KEY: import.meta.filename,
    },
    /VALET_SESSION_HOST_PUBLIC_URL/,
  ],
])("%o is refused with what to do", async (variables, message) => {
  await expect(readListenInput(configOf(variables))).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringMatching(message),
  });
});
