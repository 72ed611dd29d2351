import type { PracticeHosts } from "@valet/contracts";

const onlyThisMachine = "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1";

/** Arguments with which Chromium resolves no name but this machine's own: demo and tests reach nothing real. */
export function thisMachineOnlyArgs(): string[] {
  return [`--host-resolver-rules=${onlyThisMachine}`];
}

/** The same, and the practice sites under the names they stand for, whose certificate it then trusts. */
export function practiceHostsArgs({ hosts, address, publicKeySha256 }: PracticeHosts): string[] {
  const rules = hosts.map((host) => `MAP ${host} ${address}`);
  return [
    `--host-resolver-rules=${[...rules, onlyThisMachine].join(", ")}`,
    practiceTrustArg({ publicKeySha256 }),
  ];
}

/** The argument with which Chromium trusts the throw-away certificate of the practice sites. */
export function practiceTrustArg({
  publicKeySha256,
}: Pick<PracticeHosts, "publicKeySha256">): string {
  return `--ignore-certificate-errors-spki-list=${publicKeySha256}`;
}
