import { expect, test } from "vitest";
import { z } from "zod";
import { runCaptured } from "../../run-captured.ts";
import { corporaFolder } from "../forms/corpora-folder.ts";

const corpora = await corporaFolder(process.env["VALET_CORPORA"]);
const mark = corpora === undefined ? "SKIPPED, the development corpora are absent: " : "";

const Report = z.object({
  rows: z.array(z.object({ what: z.string(), unit: z.string(), holds: z.boolean() })),
});

test.skipIf(corpora === undefined)(
  `${mark}résumés are read as they stand, in both formats`,
  async () => {
    const argv = ["bench", "resumes", "--quick", "--json"];
    const { stdout } = await runCaptured({ argv, env: { VALET_CORPORA: corpora ?? "" } });
    const { rows } = Report.parse(JSON.parse(stdout));
    // How long it takes beside other tests says nothing.
    const judged = rows.filter(({ unit }) => unit !== "ms");
    expect(judged.length).toBeGreaterThan(8);
    expect(judged.filter(({ holds }) => !holds)).toEqual([]);
  },
);
