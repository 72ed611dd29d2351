export interface Config {
  readonly port: number;
  readonly ledgerPath: string;
  /** Where to write which vendors' host names the sites answer for; absent: they do not. */
  readonly hostsFile?: string;
}

export type ConfigResult =
  | { readonly kind: "config"; readonly config: Config }
  | { readonly kind: "faults"; readonly faults: readonly string[] };

/** Reads the variables and reports every fault at once. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): ConfigResult {
  const faults: string[] = [];
  const portText = environment["PRACTICE_PORT"] || "0";
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port <= 65_535)) {
    faults.push("PRACTICE_PORT must be a port number from 0 (any free port) to 65535.");
  }
  const ledgerPath = environment["PRACTICE_LEDGER"] ?? "";
  if (ledgerPath === "") {
    faults.push("PRACTICE_LEDGER must name the file the ledger is written to.");
  }
  const hostsFile = environment["PRACTICE_HOSTS"] ?? "";
  return faults.length > 0
    ? { kind: "faults", faults }
    : { kind: "config", config: { port, ledgerPath, ...(hostsFile !== "" && { hostsFile }) } };
}
