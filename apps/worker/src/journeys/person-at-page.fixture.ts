import { type BrowserAttachment, attachToBrowser } from "@valet/browser";
import type { TaskDetail } from "@valet/contracts";
import type { TestValet } from "@valet/testkit";
import { z } from "zod";

type Page = BrowserAttachment["page"];

const Sessions = z.object({
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      taskId: z.string(),
      userId: z.string(),
      state: z.string(),
    }),
  ),
});
const Grant = z.object({ relayUrl: z.string() });

/** Plays the person in front of an application's page: takes the browser over, acts, and lets go. */
export async function atThePage(
  { sessionHost: { url, token } }: Pick<TestValet, "sessionHost">,
  { id: taskId }: Pick<TaskDetail, "id">,
  act: (page: Page) => Promise<unknown>,
): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const listed = await fetch(`${url}/sessions`, { headers });
  const session = Sessions.parse(await listed.json()).sessions.find(
    (one) => one.taskId === taskId && one.state === "live",
  );
  if (session === undefined) throw new Error("The application has no live browser.");
  const { sessionId, userId } = session;
  const attached = await fetch(`${url}/sessions/${sessionId}/attach`, {
    method: "POST",
    headers,
    body: JSON.stringify({ owner: "person", taskId, userId }),
  });
  const { relayUrl } = Grant.parse(await attached.json());
  const { page, close } = await attachToBrowser(relayUrl, AbortSignal.timeout(60_000));
  try {
    await act(page);
  } finally {
    await close();
  }
}

/** What a person reads in the picture of the practice sites' captcha. */
export async function readLetters(page: Page): Promise<string> {
  const picture = await page.getByAltText("Captcha").getAttribute("src");
  const svg = Buffer.from(picture?.split(",")[1] ?? "", "base64").toString();
  return />([A-Z]{5})</.exec(svg)?.[1] ?? "";
}

/** Copies the letters, as only a person may. */
export async function solveCaptcha(page: Page): Promise<void> {
  await page.getByLabel("Type the letters").fill(await readLetters(page));
}
