import type { FieldValue, ValueSource } from "@valet/contracts";
import type { Receipt } from "./collect-receipt.ts";
import type { Rehearsal } from "./rehearsal.ts";

/** One page that needs no other file and opens without a network. */
export function renderReceipt(receipt: Receipt, screenshot: Uint8Array | undefined): string {
  const picture =
    screenshot === undefined
      ? ""
      : `<h2>What the site showed</h2><img alt="Screenshot of the site after sending" src="data:image/jpeg;base64,${Buffer.from(screenshot).toString("base64")}">`;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Receipt: ${escape(titles[receipt.outcome])}</title>
<style>${style}</style>
<main>
<p class="badge ${receipt.outcome}">${escape(titles[receipt.outcome])}</p>
<h1>${escape(receipt.message)}</h1>
<dl>
${facts(receipt)
  .map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`)
  .join("\n")}
</dl>
<h2>${receipt.submission?.sentAt ? "What was sent" : "What was filled in"}</h2>
<table><thead><tr><th>Question</th><th>Answer</th><th>From</th></tr></thead><tbody>
${receipt.fields.map(fieldRow).join("\n")}
</tbody></table>
${receipt.rehearsal === null ? "" : rehearsalPart(receipt.rehearsal)}
${picture}
<h2>Evidence</h2>
<table><thead><tr><th>Piece</th><th>SHA-256</th><th>Time (UTC)</th></tr></thead><tbody>
${receipt.evidence.map(({ kind, sha256, at }) => row([kind.replaceAll("_", " "), sha256, time(at)])).join("\n")}
</tbody></table>
</main></html>
`;
}

const titles: Readonly<Record<Receipt["outcome"], string>> = {
  confirmed: "Confirmed",
  already_applied: "Already applied",
  rejected: "Not accepted by the site",
  unconfirmed: "Sent, arrival not proved",
  not_submitted: "Not sent",
};

function facts(receipt: Receipt): readonly (readonly [string, string])[] {
  const { confirmation, submission } = receipt;
  const proofs = confirmation?.signs.map((sign) => sign.replaceAll("_", " ")).join(", ");
  return [
    ["Job", receipt.jobUrl],
    ...(confirmation?.reference === undefined
      ? []
      : [["The site's reference", confirmation.reference] as const]),
    ...(submission?.sentAt ? [["Sent (UTC)", time(submission.sentAt)] as const] : []),
    ...(proofs === undefined ? [] : [["Proved by", proofs] as const]),
    ...(submission === null || submission.approvalId === null
      ? []
      : [["Approved by", approvers[receipt.mode === "autopilot" ? "consent" : "person"]] as const]),
    ...(submission === null ? [] : [["Digest of the form", submission.digest] as const]),
    ["Application", receipt.taskId],
  ];
}

const approvers = {
  consent: "your standing consent (autopilot)",
  person: "you, after looking at the form",
} as const;

/** All that the button would have sent, in the request's own order and names. */
function rehearsalPart({ request, notCarried, beyondTheForm }: Rehearsal): string {
  if (request === null) {
    return "<h2>What would have been sent</h2><p>Pressing the button sent nothing that is this form.</p>";
  }
  const beyond = new Set(beyondTheForm);
  const rows = request.entries.map((entry) =>
    row([
      entry.name,
      "value" in entry ? entry.value : entry.fileName,
      beyond.has(entry.name) ? "the site itself" : "the form",
    ]),
  );
  const missing =
    notCarried.length === 0
      ? ""
      : `<p>Not in it word for word, perhaps as a code: ${escape(notCarried.join(", "))}</p>`;
  return `<h2>What would have been sent</h2>
<p>${escape(request.method)} ${escape(request.url)}</p>
${missing}<table><thead><tr><th>Name</th><th>Value</th><th>From</th></tr></thead><tbody>
${rows.join("\n")}
</tbody></table>`;
}

function fieldRow({ label, value, source, file }: Receipt["fields"][number]): string {
  return row([label, file === undefined ? shown(value) : file.name, sourceNames[source ?? "site"]]);
}

const sourceNames: Readonly<Record<ValueSource, string>> = {
  profile: "your profile",
  resume: "your résumé",
  savedAnswer: "your saved answers",
  person: "you, for this job",
  site: "the site",
};

function shown(value: FieldValue | null): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "Yes (ticked)" : "No";
  return Array.isArray(value) ? value.join(", ") : value;
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`;
}

function time(iso: string): string {
  return iso.replace("T", " ").slice(0, 19);
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

const style = `
body{margin:0;background:#f5f6f8;color:#1d2430;font:16px/1.5 system-ui,"Liberation Sans",sans-serif}
main{max-width:52rem;margin:2rem auto;padding:2rem;background:#fff;border-radius:12px;box-shadow:0 1px 4px #0002}
h1{font-size:1.35rem;margin:.5rem 0 1.2rem}h2{font-size:1.05rem;margin:2rem 0 .6rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem;margin:0}dt{color:#5b6575}dd{margin:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;font-size:.92rem}th,td{text-align:left;padding:.4rem .6rem .4rem 0;border-top:1px solid #e3e6eb;vertical-align:top;overflow-wrap:anywhere}
th{color:#5b6575;font-weight:600}td:nth-child(2){max-width:22rem}td:last-child{white-space:nowrap}
img{max-width:100%;border:1px solid #e3e6eb;border-radius:8px}
.badge{display:inline-block;margin:0;padding:.15rem .7rem;border-radius:99px;font-weight:600;background:#eceff3}
.confirmed,.already_applied{background:#d9f2e0;color:#0b5d27}.unconfirmed,.rejected{background:#fde8d2;color:#7a3d00}
@media print{body{background:#fff}main{box-shadow:none;margin:0}}`;
