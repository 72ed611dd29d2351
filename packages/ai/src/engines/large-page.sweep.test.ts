import { EngineName } from "@valet/contracts";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createBlanking } from "./create-blanking.ts";
import { everyField } from "./every-field.fixture.ts";
import { openEngine } from "./open-engine.ts";
import { type LivePage, openLivePage, quietLog } from "./open-live-page.fixture.ts";
import { openPointingModel, planOf, pointAtLine } from "./open-pointing-model.fixture.ts";

const { signal } = new AbortController();
const paragraph = `<p>${"Quay and water. ".repeat(320)}</p>`;
let live: LivePage;

beforeAll(async () => {
  live = await openLivePage();
  await live.show(everyField.replace("</form>", `</form>${paragraph.repeat(2_000)}`));
});
afterAll(() => live.close());

test.each(EngineName.options)(
  "of a page of 10 MB %s asks little or nothing, in time",
  async (name) => {
    const { page } = live.worker;
    const server = await openPointingModel((request) =>
      request.schema === undefined
        ? planOf("point", { x: 9, y: 9 })
        : pointAtLine(request, /\] combobox: City/u),
    );
    const blanking = createBlanking({ page, facts: [] });
    const { relayUrl } = live;
    const { model } = server;
    const engine = await openEngine(
      name,
      { relayUrl, page, model, blanking, log: quietLog, limitMs: 30_000 },
      signal,
    );
    onTestFinished(async () => {
      await engine.close();
      await server.close();
    });
    const answer = await engine.locate({ label: "City", kind: "combobox", options: [] }, signal);
    const outcome = answer.kind === "failed" ? answer.why : answer.kind;

    expect(outcome).toMatch(name === "stagehand" ? /cut_off|timeout/u : /answered|timeout/u);
    expect(server.requests.reduce((sum, { raw }) => sum + raw.length, 0)).toBeLessThan(2_000_000);
    expect(await page.title()).toBe("Apply");
  },
);
