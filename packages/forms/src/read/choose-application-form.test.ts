import { afterAll, beforeAll, expect, test } from "vitest";
import { type MarkupReader, openMarkupReader } from "../test/open-markup-reader.ts";

let reader: MarkupReader;

beforeAll(async () => {
  reader = await openMarkupReader();
});
afterAll(async () => {
  await reader.close();
});

const friend = `<aside><form method="post"><h2>Tell a friend about this job</h2>
  <label>Your friend's name <input name="n"></label>
  <label>Your friend's email <input name="e" type="email"></label><button>Send</button></form></aside>`;
const contact = `<aside><form method="post"><h2>Any questions?</h2>
  <label>Name <input name="n"></label><label>Email <input name="e" type="email"></label>
  <button>Send</button></form></aside>`;

test("a form that tells somebody else of the job is left alone, however little the other asks", async () => {
  const { fields, buttons } = await reader.formOf(
    `<form method="post"><label>Why us? <textarea name="why"></textarea></label><button>Next</button></form>${friend}`,
  );
  expect(buttons).toMatchObject({ next: { text: "Next" } });
  expect(fields.find(({ name }) => name === "e")).toMatchObject({ policy: "never" });
  expect(fields.find(({ name }) => name === "why")?.policy).not.toBe("never");
});

test.each([friend, contact])("a review counts more than a small form beside it", async (beside) => {
  const { fields, buttons } = await reader.formOf(
    `<h1>Review your application</h1><p>Ada Example</p>
     <form method="post"><button>Submit application</button></form>${beside}`,
  );
  expect(buttons).toMatchObject({ submit: { text: "Submit application" } });
  expect(fields.filter(({ policy }) => policy !== "never")).toEqual([]);
});

test("a form with a résumé counts more than a heading", async () => {
  const { fields } = await reader.formOf(
    `<h1>Review your application</h1><form method="post"><button>Submit application</button></form>
     <form method="post"><label>First name <input name="f"></label><label>Last name <input name="l"></label>
     <label>Email <input type="email" name="e"></label><label>Resume <input type="file" name="r"></label>
     <button>Apply</button></form>`,
  );
  expect(fields.find(({ name }) => name === "r")?.policy).not.toBe("never");
});
