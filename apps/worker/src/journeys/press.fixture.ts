import type { TaskDetail, TaskEvent } from "@valet/contracts";
import { type TestValet, until } from "@valet/testkit";
import type { Applicant } from "./applicant.fixture.ts";
import { type OwnBrowser, type Place, clickOnDisplay, placeOf } from "./live-view.fixture.ts";
import { atThePage, readLetters } from "./person-at-page.fixture.ts";

/** What a person sees on the page of an application that waits for them. */
export interface SeenPage {
  readonly id: string;
  readonly submit: Place;
  readonly field: Place;
  /** Of the captcha, where there is one. */
  readonly letters: string;
}

interface WaitAt {
  readonly state: "awaiting_review" | "awaiting_human";
  /** The label of a field near the button. */
  readonly field: RegExp;
}

/** Starts an application and looks at its page once it waits. */
export async function waitAt(
  { valet, ada }: { readonly valet: TestValet; readonly ada: Applicant },
  job: string,
  { state, field }: WaitAt,
): Promise<SeenPage> {
  const { id } = await ada.apply(job, { mode: "copilot" });
  const task = await ada.untilState(id, state);
  let letters = "";
  if (state === "awaiting_human") {
    await atThePage(valet, task, async (page) => void (letters = await readLetters(page)));
  }
  return { id, letters, ...(await lookAtPage(valet, task, field)) };
}

/** Where the button and a field near it are. */
export async function lookAtPage(
  valet: TestValet,
  task: TaskDetail,
  field: RegExp,
): Promise<Pick<SeenPage, "submit" | "field">> {
  const seen: Pick<SeenPage, "submit" | "field">[] = [];
  await atThePage(valet, task, async (page) => {
    const submit = page.getByRole("button", { name: /submit/iu });
    const changed = page.getByLabel(field);
    await changed.scrollIntoViewIfNeeded();
    await submit.scrollIntoViewIfNeeded();
    seen.push({ submit: await placeOf(submit), field: await placeOf(changed) });
  });
  const [at] = seen;
  if (at === undefined) throw new Error("The page was not looked at.");
  return at;
}

type Pressed = Extract<TaskEvent, { readonly type: "submit_pressed" }>["data"];

export async function pressesOf(ada: Applicant, taskId: string): Promise<Pressed[]> {
  const events = await ada.events(taskId);
  return events.flatMap((event) => (event.type === "submit_pressed" ? [event.data] : []));
}

/** Presses the button and waits until the person is shown what it would send. */
export async function pressOnce(
  ada: Applicant,
  view: Awaited<ReturnType<OwnBrowser["takeControl"]>>,
  { id, submit }: SeenPage,
): Promise<void> {
  const before = (await pressesOf(ada, id)).length;
  await clickOnDisplay(view, submit);
  await until("the press was read", async () => (await pressesOf(ada, id)).length > before);
  await view.getByText("press the same button once more").waitFor();
}
