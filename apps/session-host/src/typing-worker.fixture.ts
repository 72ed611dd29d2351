/**
 * A worker to be killed: `node typing-worker.fixture.ts RELAY_URL` attaches, types, presses the button,
 * says "sent" and stays attached.
 */
import { attachToBrowser, waitForDocument } from "@valet/browser";

const [, , relayUrl = ""] = process.argv;
const signal = AbortSignal.timeout(60_000);
const { page } = await attachToBrowser(relayUrl, signal);
await waitForDocument(page, signal);
await page.getByLabel("Name").fill("Ada Example");
const sent = page.waitForRequest((request) => request.method() === "POST");
await page.getByRole("button", { name: "Send" }).click({ noWaitAfter: true });
await sent;
process.stdout.write("sent\n");
