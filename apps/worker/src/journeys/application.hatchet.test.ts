import { stepNames } from "@valet/contracts";
import { type TestValet, startValet, until } from "@valet/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Applicant, canary, createApplicant } from "./applicant.fixture.ts";
import { checkExample, placeExample, runExample } from "./readme-example.fixture.ts";

let valet: TestValet;
let ada: Applicant;

beforeAll(async () => {
  valet = await startValet();
  ada = await createApplicant(valet);
});
afterAll(() => valet?.close());

describe.concurrent("autopilot", () => {
  test("a plain site with several pages ends confirmed, sent once, with its proof", async () => {
    const { id } = await ada.apply("plain/jobs/engineer-1");
    const task = await ada.untilEnd(id);
    expect(task).toMatchObject({ state: "completed", outcome: "confirmed", pct: 100 });
    expect(task.confirmation?.signs).toEqual(["response_ok", "confirmation_text", "form_gone"]);
    expect(await valet.submits("engineer-1")).toHaveLength(1);
    expect(task.evidence.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        "snapshot",
        "screenshot_filled_form",
        "screenshot_before_submit",
        "screenshot_after_submit",
        "receipt",
        "receipt_html",
      ]),
    );
    const { steps } = await ada.client.getRun(id);
    expect(steps.map(({ name }) => name)).toEqual(stepNames);
    expect(steps.every(({ ms, workerId }) => ms !== null && workerId !== "")).toBe(true);
  });

  test("a page that fails is filled again alone: what was left before it is not typed again", async () => {
    const { id } = await ada.apply("plain/jobs/engineer-hiccup-2");
    expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed", epoch: 1 });
    const pages = (await valet.requests()).filter(({ job }) => job === "engineer-hiccup-2");
    expect(pages.map(({ kind, stored }) => `${kind} ${stored ? "stored" : "refused"}`)).toEqual([
      "step stored",
      "upload refused",
      "upload stored",
      "application stored",
    ]);
    const { steps } = await ada.client.getRun(id);
    expect(steps.find(({ name }) => name === "fill-fields")).toMatchObject({ attempt: 0 });
  });

  test("an error page after sending is called unconfirmed and never sent again", async () => {
    const { id } = await ada.apply("plain/jobs/engineer-soft-error-4");
    expect(await ada.untilEnd(id)).toMatchObject({
      state: "failed",
      outcome: "unconfirmed",
      reason: "NO_PROOF",
    });
    expect(await valet.submits("engineer-soft-error-4")).toHaveLength(1);
  });
});

describe.concurrent("what cannot be sent is not sent", () => {
  test.each([
    ["greenhouse/acme/jobs/engineer-invalid-5", "failed", "rejected", "SITE_REJECTED"],
    ["plain/jobs/engineer-closed-6", "failed", "not_submitted", "POSTING_CLOSED"],
    ["plain/jobs/engineer-already-applied-7", "completed", "already_applied", "ALREADY_APPLIED"],
  ])("%s ends %s %s/%s", async (job, state, outcome, reason) => {
    const { id } = await ada.apply(job);
    expect(await ada.untilEnd(id)).toMatchObject({ state, outcome, reason });
    expect(await valet.submits(job.split("/").at(-1))).toHaveLength(0);
  });
});

describe.concurrent("copilot", () => {
  test("nothing is sent before the approval, and then exactly what was approved with its two corrections", async () => {
    const { id } = await ada.apply("greenhouse/acme/jobs/engineer-10", { mode: "copilot" });
    const review = await ada.untilState(id, "awaiting_review");
    const phone = review.fields.find(({ meaning }) => meaning === "phone");
    expect(await valet.submits("engineer-10")).toHaveLength(0);
    const sponsorship = review.fields.find(({ label }) => label.includes("sponsorship"));
    expect(sponsorship).toMatchObject({ kind: "combobox", value: "No" });
    const noChoice = { [sponsorship?.id ?? ""]: "Perhaps", [phone?.id ?? ""]: "none" };
    await expect(ada.approve(id, noChoice)).rejects.toMatchObject({ code: "INVALID_ANSWER" });
    await ada.approve(id, {
      [phone?.id ?? ""]: "2025550199",
      [sponsorship?.id ?? ""]: "Yes",
    });
    expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
    const [submit] = await valet.submits("engineer-10");
    expect(submit).toMatchObject({
      fields: { phone: expect.stringContaining("2025550199"), question_1002: "Yes" },
    });
    expect(await valet.submits("engineer-10")).toHaveLength(1);
  });
});

describe.concurrent("the example in the README", () => {
  test("compiles, shows what it approves and follows the application to its end", async () => {
    const job = `${valet.practiceUrl}/plain/jobs/engineer-15`;
    const folder = await placeExample(valet, job);
    const [printed, faults] = await Promise.all([runExample(folder), checkExample(folder)]);
    expect(faults).toBe("");
    expect(printed).toMatch(/^First name Ada profile$/mu);
    expect(printed).toMatch(/^99 % Outcome known$/mu);
    expect(await valet.submits("engineer-15")).toHaveLength(1);
  });
});

describe.concurrent("the run view", () => {
  test("draws the steps and what they started, says which one waits, and shows no value", async () => {
    const { id } = await ada.apply("plain/jobs/engineer-14", { mode: "copilot" });
    await ada.untilState(id, "awaiting_review");
    const waiting = await until("submit waits for the person", async () => {
      const run = await ada.client.getRun(id);
      return run.nodes.some(({ name, state }) => name === "submit" && state === "waiting") && run;
    });
    expect(waiting).toMatchObject({ engine: "reached", epoch: 1, dashboardUrl: null });
    expect(waiting.nodes.find(({ name }) => name === "verify")).toMatchObject({
      state: "queued",
      parents: ["submit"],
      queuedAt: null,
    });
    const { workers } = await ada.client.listWorkers();
    expect(workers).toMatchObject([{ state: "active", slots: { durable: { total: 1_000 } } }]);
    expect(await ada.client.getQueue()).toMatchObject({
      engine: "reached",
      steps: expect.arrayContaining([expect.objectContaining({ step: "submit" })]),
      tasks: { awaiting_review: expect.any(Number) },
    });
    await ada.approve(id);
    await ada.untilEnd(id);
    const run = await until("the engine has written down the end", async () => {
      const now = await ada.client.getRun(id);
      return now.nodes.at(-1)?.state === "succeeded" && now;
    });
    const pages = ["fill-page", "fill-page", "fill-page"];
    expect(run.nodes.map(({ name }) => name)).toEqual(
      stepNames.flatMap((step) => {
        if (step === "fill-fields") return [step, ...pages];
        return step === "submit" ? [step, "dispatch"] : [step];
      }),
    );
    for (const node of run.nodes) {
      expect(node).toMatchObject({
        state: "succeeded",
        attempt: 0,
        errorCode: null,
        workerId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(node.ms).toBeGreaterThanOrEqual(0);
    }
    const filling = run.nodes.find(({ name }) => name === "fill-fields");
    const filled = run.nodes.filter(({ name }) => name === "fill-page");
    expect(filled.every(({ parents }) => parents[0] === filling?.id)).toBe(true);
    expect(filling?.children).toEqual(["upload-resume", ...filled.map((page) => page.id)]);
    const said = run.logs.map(({ message }) => message);
    for (const { name } of run.nodes) {
      expect(said).toEqual(expect.arrayContaining([`${name} started`, `${name} finished`]));
    }
    expect(run.runs).toEqual([
      { runId: run.runId, epoch: 1, startedAt: expect.stringMatching(/Z$/) },
    ]);
    expect(JSON.stringify(run)).not.toContain(canary);
  });
});

describe.concurrent("the event log", () => {
  test("has no gaps, its share never falls, and values stand in field_review only", async () => {
    const { id } = await ada.apply("plain/jobs/engineer-13", { mode: "copilot" });
    await ada.approve(id);
    await ada.untilEnd(id);
    const events = await ada.events(id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    const shares = events.flatMap((event) => (event.type === "progress" ? [event.data.pct] : []));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const leaks = events.filter(
      (event) => event.type !== "field_review" && JSON.stringify(event).includes(canary),
    );
    expect(leaks).toEqual([]);
    expect(JSON.stringify(events.filter(({ type }) => type === "field_review"))).toContain(canary);
    const states = events.flatMap((event) =>
      event.type === "state_change" ? [event.data.to] : [],
    );
    expect(states).toEqual([
      "queued",
      "provisioning",
      "analyzing",
      "filling",
      "uploading",
      "awaiting_review",
      "submitting",
      "verifying",
      "completed",
    ]);
    expect(events.at(-1)).toMatchObject({ type: "completed", data: { outcome: "confirmed" } });
  });
});

describe.concurrent("one job", () => {
  test("two requests for one job at the same moment start one application", async () => {
    const answers = await Promise.allSettled([
      ada.apply("plain/jobs/engineer-310"),
      ada.apply("plain/jobs/engineer-310?utm_source=board"),
    ]);
    const refused = answers.filter(({ status }) => status === "rejected");
    expect(refused).toMatchObject([{ reason: { code: "TASK_IN_PROGRESS" } }]);
    const [started] = answers.flatMap((answer) =>
      answer.status === "fulfilled" ? [answer.value] : [],
    );
    expect(await ada.untilEnd(started?.id ?? "")).toMatchObject({ outcome: "confirmed" });
    await expect(ada.apply("plain/jobs/engineer-310")).rejects.toMatchObject({
      code: "ALREADY_APPLIED",
    });
    expect(await valet.submits("engineer-310")).toHaveLength(1);
  });
});
