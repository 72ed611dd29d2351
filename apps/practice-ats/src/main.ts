import { createPracticeAts } from "./app.ts";
import { readConfig, type Config } from "./read-config.ts";

const read = readConfig(process.env);
if (read.kind === "faults") {
  refuse(read.faults);
} else {
  await run(read.config).catch((error: unknown) => refuse([describe(error, read.config)]));
}

async function run({ port, ledgerPath, hostsFile }: Config): Promise<void> {
  const practiceAts = await createPracticeAts({ ledgerPath, hostsFile });
  const stop = (): void => {
    process.off("SIGTERM", stop);
    process.off("SIGINT", stop);
    void practiceAts.close();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  try {
    const url = await practiceAts.listen({ port });
    process.stdout.write(
      `${JSON.stringify({ ready: true, url, ledger: ledgerPath, hosts: hostsFile })}\n`,
    );
  } catch (error) {
    await practiceAts.close();
    throw error;
  }
}

function refuse(faults: readonly string[]): void {
  process.stderr.write(
    `The practice sites cannot start.\n${faults.map((f) => `  ${f}\n`).join("")}`,
  );
  process.exitCode = 1;
}

function describe(error: unknown, { port, ledgerPath }: Config): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} is in use. Choose another PRACTICE_PORT, or 0 for any free port.`;
  }
  return `${error instanceof Error ? error.message : String(error)} (ledger: ${ledgerPath})`;
}
