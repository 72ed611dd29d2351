import { expect, test } from "vitest";
import { assertPublicAddress, isPrivateAddress } from "./network-policy.ts";

const policy = (addresses: readonly string[], allowed: readonly string[] = []) => ({
  allowPrivate: new Set(allowed),
  lookUpHost: async () => addresses,
});

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "0.0.0.0",
  "100.64.0.1",
  "::1",
  "::",
  "fd00::1",
  "fe80::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "::ffff:a00:1",
  "::7f00:1",
  "64:ff9b::8.8.8.8",
  "64:ff9b:1::a00:1",
  "2002:a00:1::1",
  "2001:0:a00:1::1",
  "fec0::1",
  "192.88.99.1",
])("%s is private", (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(["8.8.8.8", "172.32.0.1", "2606:4700::1111", "2001:4860:4860::8888", "::ffff:8.8.8.8"])(
  "%s is public",
  (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  },
);

test.each([
  "http://127.0.0.1/job",
  "http://127.1/job",
  "http://2130706433/job",
  "http://0x7f.1/",
  "http://[::1]/job",
  "http://[::ffff:7f00:1]/",
  "http://localhost:9000/",
  "http://app.localhost/",
  "http://169.254.169.254/latest",
])("%s is refused", async (url) => {
  await expect(assertPublicAddress(policy(["8.8.8.8"]), new URL(url))).rejects.toMatchObject({
    code: "JOB_URL_PRIVATE",
  });
});

test("a public name with any private address is refused", async () => {
  const mixed = policy(["8.8.8.8", "10.0.0.1"]);
  await expect(
    assertPublicAddress(mixed, new URL("https://jobs.example.com")),
  ).rejects.toMatchObject({
    code: "JOB_URL_PRIVATE",
  });
});

test("an unknown name is refused as unknown", async () => {
  await expect(
    assertPublicAddress(policy([]), new URL("https://nowhere.example")),
  ).rejects.toMatchObject({
    code: "JOB_URL_UNKNOWN_HOST",
  });
});

test("only the very host and port that were allowed pass", async () => {
  const allowed = policy([], ["127.0.0.1:4100"]);
  await expect(
    assertPublicAddress(allowed, new URL("http://127.0.0.1:4100/x")),
  ).resolves.toBeUndefined();
  await expect(
    assertPublicAddress(allowed, new URL("http://127.0.0.1:4101/x")),
  ).rejects.toMatchObject({
    code: "JOB_URL_PRIVATE",
  });
});

const practising = {
  ...policy(["8.8.8.8"], ["127.0.0.1:8123"]),
  practiceHosts: {
    version: 1 as const,
    address: "127.0.0.1:4443",
    hosts: ["jobs.lever.co", "*.icims.com"],
    authority: "-----BEGIN CERTIFICATE-----",
    publicKeySha256: `${"A".repeat(43)}=`,
  },
};

test.each([
  "https://jobs.lever.co/northwind/1",
  "https://JOBS.lever.co./northwind/1",
  "https://careers-northwind.icims.com/jobs/1",
  "http://127.0.0.1:8123/plain/jobs/engineer",
])("where Valet practises %s is opened", async (url) => {
  await expect(assertPublicAddress(practising, new URL(url))).resolves.toBeUndefined();
});

test.each([
  "https://jobs.example.com/1",
  "https://icims.com/jobs/1",
  "https://careers.icims.com.example/jobs/1",
  "http://jobs.lever.co/northwind/1",
  "https://jobs.lever.co:8443/northwind/1",
])("where Valet practises %s is not", async (url) => {
  const { practiceHosts: _, ...ordinary } = practising;
  await expect(assertPublicAddress(practising, new URL(url))).rejects.toMatchObject({
    code: "JOB_URL_UNKNOWN_HOST",
  });
  await expect(assertPublicAddress(ordinary, new URL(url))).resolves.toBeUndefined();
});
