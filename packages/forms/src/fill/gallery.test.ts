import type { FieldValue, FormField, PlannedField } from "@valet/contracts";
import { everyCaseOr } from "@valet/testkit";
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FormPage } from "../read/form-page.ts";
import { readForm } from "../read/read-form.ts";
import { type GalleryWidget, galleryWidgets } from "../test/gallery-widgets.ts";
import { type Gallery, openGallery } from "../test/open-gallery.ts";
import { fillPage } from "./fill-page.ts";
import { readBack } from "./read-back.ts";

const { signal } = new AbortController();
/** One of each kind, from the libraries that bundle fast. */
const sample = [
  "react-select/multi",
  "radix/select",
  "radix/toggle",
  "headless/combobox",
  "homemade/yesNo",
  "homemade/typeahead",
];
const widgets = everyCaseOr(
  galleryWidgets,
  galleryWidgets.filter(({ library, widget }) => sample.includes(`${library}/${widget}`)),
);
let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
});

afterAll(() => gallery.close());

test("the gallery has at least 25 widgets, and the sample is part of it", () => {
  expect(galleryWidgets.length).toBeGreaterThanOrEqual(25);
  expect(widgets.length).toBeGreaterThanOrEqual(sample.length);
});

test.each(widgets.map((one) => [`${one.library} ${one.widget}`, one] as const))(
  "%s is set, changed and cleared, and the page says so",
  async (_, widget) => {
    const page = await gallery.open(widget.library, widget.widget);
    try {
      await expectWidget(page, widget);
    } finally {
      await page.context().close();
    }
  },
);

async function expectWidget(page: Page, widget: GalleryWidget): Promise<void> {
  const form = await readForm(page, signal);
  const field = form.fields.find(
    ({ label, policy }) => label === widget.label && policy !== "never",
  );
  if (field === undefined) throw new Error("The widget was not read.");
  const set = await fill({ page, form, field }, widget.set);
  expect(set).toMatchObject({ ok: true, source: "person", neighbours: [null, null] });
  expect(sorted(set.state)).toEqual(sorted(stateFor(widget, set.state)));
  const changed = await fill({ page, form, field }, widget.change);
  expect(changed).toMatchObject({ ok: true, source: "person", neighbours: [null, null] });
  expect(changed.state).not.toEqual(set.state);
  const cleared = await fill({ page, form, field }, widget.clear ?? emptyOf(widget.set));
  expect(cleared).toMatchObject({ ok: widget.clear !== null, neighbours: [null, null] });
  expect(await fill({ page, form, field }, widget.set)).toMatchObject({ ok: true });
}

interface Filled {
  readonly page: Page;
  readonly form: FormPage;
  readonly field: FormField;
}

async function fill({ page, form, field }: Filled, value: FieldValue) {
  const plan: PlannedField[] = [
    {
      id: field.id,
      action: "fill",
      value,
      source: "person",
      confidence: 1,
      why: "the test says so",
    },
  ];
  const report = await fillPage({ page, form, plan, files: {} }, signal);
  const { fields } = await readBack({ page, form, plan, files: {}, pageNumber: 1 }, signal);
  const held = new Map(fields.map((one) => [one.id, one]));
  const state = await page.evaluate(() => document.body.dataset["state"] ?? "null");
  return {
    ok: report.fields[0]?.ok,
    source: held.get(field.id)?.source,
    neighbours: [held.get("given")?.value, held.get("city")?.value],
    state: parsed(state),
  };
}

function parsed(json: string): unknown {
  const value: unknown = JSON.parse(json);
  return value;
}

/** Numbers may come back as text; several choices in any order. */
function stateFor({ state, set }: GalleryWidget, found: unknown): unknown {
  const wanted = state ?? set;
  return typeof found === "string" && typeof wanted === "number" ? String(wanted) : wanted;
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String).toSorted() : value;
}

function emptyOf(value: FieldValue): FieldValue {
  return Array.isArray(value) ? [] : "";
}
