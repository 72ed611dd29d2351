import type { FieldValue } from "@valet/contracts";
import { fillPage, readForm } from "@valet/forms";
import {
  type Gallery,
  type GalleryWidget,
  galleryWidgets,
  openGallery,
} from "@valet/forms/gallery";
import type { Page } from "playwright";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Conversation } from "../model-answer.ts";
import { createBlanking } from "./create-blanking.ts";
import type { Engine } from "./engine.ts";
import { openEngine } from "./open-engine.ts";
import { type LivePage, openLivePage, quietLog } from "./open-live-page.fixture.ts";

const { signal } = new AbortController();
const usage = { inputTokens: 1, outputTokens: 1 };
let live: LivePage;
let gallery: Gallery;
let engine: Engine;
const asked: Conversation[] = [];

beforeAll(async () => {
  [live, gallery] = await Promise.all([openLivePage(), openGallery()]);
  const { page } = live.worker;
  const blanking = createBlanking({ page, facts: ["Zyxabel"] });
  engine = await openEngine(
    "stagehand",
    {
      relayUrl: live.relayUrl,
      page,
      model: {
        complete(conversation) {
          asked.push(conversation);
          return Promise.resolve({ kind: "answered", value: { elements: [] }, usage });
        },
      },
      blanking,
      log: quietLog,
    },
    signal,
  );
});
afterAll(async () => {
  await engine.close();
  await Promise.all([live.close(), gallery.close()]);
});

test.each(galleryWidgets.map((one) => [`${one.library} ${one.widget}`, one] as const))(
  "nothing tells what %s holds: no word of a request, no point of a picture",
  async (_name, widget) => {
    const { page } = live.worker;
    const seen: Seen[] = [];
    for (const value of [widget.set, widget.change]) {
      await page.goto(gallery.addressOf(widget.library, widget.widget));
      await page.waitForSelector("#given");
      seen.push(await seenWith(page, widget, value));
    }
    const [first, second] = seen;
    if (first === undefined || second === undefined) throw new Error("Nothing was seen.");

    for (const { words } of seen) expect(words).not.toMatch(wordsOf(widget));
    const rows = differing(first.picture, second.picture);
    expect(rows.length).toBeLessThanOrEqual(movesItsLabel(widget) ? Infinity : 0);
  },
);

/** Without any style of its own, this box is higher with a mark in it, and what is beside and below stands elsewhere. */
function movesItsLabel({ library, widget }: GalleryWidget): boolean {
  return `${library}/${widget}` === "radix/checkbox";
}

interface Seen {
  readonly words: string;
  readonly picture: string;
}

async function seenWith(page: Page, widget: GalleryWidget, value: FieldValue): Promise<Seen> {
  await page.fill("#given", "Zyxabel");
  await page.fill("#city", "Quonmar Bay");
  const form = await readForm(page, signal);
  const field = form.fields.find(
    ({ label, policy }) => label === widget.label && policy !== "never",
  );
  if (field === undefined) throw new Error("The widget was not read.");
  const planned = { id: field.id, action: "fill", value, source: "person" } as const;
  const plan = [{ ...planned, confidence: 1, why: "the test says so" }];
  const filled = await fillPage({ page, form, plan, files: {} }, signal);
  expect(filled.fields[0]?.ok).toBe(true);
  await page.mouse.move(0, 0);

  asked.length = 0;
  await engine.locate({ label: widget.label, kind: field.kind, options: field.options }, signal);
  const [tree] = asked;
  const blanking = createBlanking({ page, facts: ["Zyxabel"] });
  const image = { kind: "image", mediaType: "image/png", base64: "" } as const;
  const question = {
    system: "",
    messages: [{ role: "user" as const, parts: [image] }],
    maxOutputTokens: 1,
  };
  const blanked = await blanking.blank(question, { keep: [] }, signal);
  const [part] = blanked.kind === "blanked" ? (blanked.conversation.messages[0]?.parts ?? []) : [];
  return {
    words: JSON.stringify(tree),
    picture: part?.kind === "image" ? part.base64 : blanked.kind,
  };
}

/** Of the neighbours and of both values; what is part of the question is no value. */
function wordsOf({ set, change, label }: GalleryWidget): RegExp {
  const values = [set, change].flat().filter((value) => typeof value === "string");
  const words = values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
  const told = words.filter((word) => !label.includes(word) && word.length > 0);
  const whole = told.map((word) => String.raw`(?<![\w\[-])${word}(?![\w\]-])`);
  return new RegExp(["zyxabel", "quonmar", ...whole].join("|"), "iu");
}

/** Rows in which two pictures differ. */
function differing(one: string, other: string): number[] {
  const [first, second] = [one, other].map((base64) =>
    PNG.sync.read(Buffer.from(base64, "base64")),
  );
  if (first === undefined || second === undefined) return [-1];
  const size = first.width * 4;
  return Array.from({ length: first.height }, (_, row) => row).filter(
    (row) =>
      !first.data
        .subarray(row * size, (row + 1) * size)
        .equals(second.data.subarray(row * size, (row + 1) * size)),
  );
}
