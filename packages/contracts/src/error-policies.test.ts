import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type ErrorKind, errorPolicies } from "./error-policies.ts";

const whoActs: Readonly<Record<ErrorKind, string>> = {
  user: "the caller",
  transient: "time: the same again may succeed",
  bug: "whoever runs the server",
};

/** As the formatter leaves it: every column as wide as its widest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], fill = " ") =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(" | ")} |`;
  const [first = [], ...rest] = rows;
  return [
    line(first),
    line(
      first.map(() => ""),
      "-",
    ),
    ...rest.map((row) => line(row)),
  ].join("\n");
}

function document(): string {
  const rows = Object.entries(errorPolicies).map(([code, { status, kind, next }]) => [
    `\`${code}\``,
    String(status),
    whoActs[kind],
    next,
  ]);
  return `# Problem codes

Every refusal of the API has one body, \`{code, message, details?}\`. The code is part of the contract and never changes its meaning; the message is for people. The command line shows the same codes; some come from there alone.

${table([["code", "status", "who acts", "what to do"], ...rows])}

Made from \`packages/contracts/src/error-policies.ts\`. To renew it: \`npm test -- packages/contracts/src/error-policies.test.ts -u\`
`;
}

test("docs/problem-codes.md is what the codes say (renew: -u)", async () => {
  const path = fileURLToPath(new URL("../../../docs/problem-codes.md", import.meta.url));
  await expect(document()).toMatchFileSnapshot(path);
});

test("what to do is one whole sentence", () => {
  const faults = Object.entries(errorPolicies).filter(
    ([, { next }]) => !/^[A-Z].*\.$/.test(next) || /\.\s+[A-Z]/.test(next) || next.length > 130,
  );
  expect(faults.map(([code]) => code)).toEqual([]);
});

test("whoever may try again later is told so by a status that says it", () => {
  const unavailable = Object.values(errorPolicies).filter(({ status }) => status === 503);
  expect(new Set(unavailable.map(({ kind }) => kind))).toEqual(new Set(["transient"]));
});
