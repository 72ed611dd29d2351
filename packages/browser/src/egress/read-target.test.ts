import { expect, test } from "vitest";
import { readAuthority, readHttpUrl, targetKey } from "./read-target.ts";

test.each([
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "2130706433",
  "0x7f000001",
  "0X7F.1",
  "0x7f.0x0.0x0.0x1",
  "017700000001",
  "0177.0.0.01",
  "127.0.0.1.",
  "１２７.0.0.1",
  "①②⑦.0.0.1",
  "127。0。0。1",
])("%s is 127.0.0.1", (host) => {
  expect(readAuthority(`${host}:443`)).toEqual({ host: "127.0.0.1", port: 443 });
});

test.each([
  ["[::1]", "::1"],
  ["[0:0:0:0:0:0:0:1]", "::1"],
  ["[::ffff:127.0.0.1]", "::ffff:7f00:1"],
  ["[::FFFF:7F00:1]", "::ffff:7f00:1"],
  ["[0:0:0:0:0:ffff:7f00:0001]", "::ffff:7f00:1"],
  ["[::127.0.0.1]", "::7f00:1"],
  ["[64:ff9b::10.0.0.1]", "64:ff9b::a00:1"],
])("%s is %s", (host, address) => {
  expect(readAuthority(`${host}:443`)).toEqual({ host: address, port: 443 });
});

test.each([
  ["Jobs.Example.COM", "jobs.example.com"],
  ["jobs.example.com.", "jobs.example.com"],
  ["ｊobs.example.com", "jobs.example.com"],
  ["bücher.example", "xn--bcher-kva.example"],
])("the name %s is %s", (host, name) => {
  expect(readAuthority(`${host}:8443`)).toEqual({ host: name, port: 8443 });
});

test.each([
  "",
  "jobs.example.com",
  "jobs.example.com:",
  "jobs.example.com:0",
  "jobs.example.com:65536",
  "jobs.example.com:443:443",
  ":443",
  ".:443",
  "ada@jobs.example.com:443",
  "jobs.example.com#@127.0.0.1:443",
  "jobs.example.com\\@127.0.0.1:443",
  "jobs.example.com/:443",
  "jobs.example.com?:443",
  "%31%32%37.0.0.1:443",
  "[jobs.example.com]:443",
  "[127.0.0.1]:443",
  "[::1:443",
  "::1:443",
  "[fe80::1%25eth0]:443",
  "256.256.256.256:443",
  "1.2.3.4.5:443",
  "08.0.0.1:443",
  "0x:443 HTTP/1.1",
  "http://jobs.example.com:443",
])("%s is no target", (authority) => {
  expect(readAuthority(authority)).toBeUndefined();
});

test("a plain request's address has the port of its scheme unless it names one", () => {
  expect(readHttpUrl("http://0x7f.1/job?id=1")?.target).toEqual({ host: "127.0.0.1", port: 80 });
  expect(readHttpUrl("http://[::1]:8080/")?.target).toEqual({ host: "::1", port: 8080 });
});

test.each([
  "/job",
  "https://jobs.example.com/",
  "ftp://jobs.example.com/",
  "http://",
  "http://ada:x@h/",
])("%s is no plain request's address", (url) => {
  expect(readHttpUrl(url)).toBeUndefined();
});

test("a target is compared as a URL writes it", () => {
  expect(targetKey({ host: "::1", port: 80 })).toBe("[::1]:80");
  expect(targetKey({ host: "jobs.example.com", port: 443 })).toBe("jobs.example.com:443");
});
