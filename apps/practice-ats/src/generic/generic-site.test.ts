import { expect, test } from "vitest";

import { seededPosting } from "../postings/seeded-posting.ts";
import { resumeFile, startVendorClient } from "../vendor-hosts/vendor-client.fixture.ts";
import { allGenericFields, fieldsOfStep, genericForm, nameIn } from "./generic-form.ts";
import { generic } from "./generic-site.ts";

const seed = 3;
const host = "careers.northwind.test";
const form = genericForm(seededPosting(seed));

/** What a person would give on one page, and nothing in its traps. */
function answersTo(step: number): FormData {
  const body = new FormData();
  const name = nameIn(form);
  for (const field of fieldsOfStep(form, step)) {
    const { id, kind, choices } = field;
    if (kind === "file") body.set(name(field), resumeFile());
    else if (id.startsWith("honeypot_")) body.set(name(field), "");
    else body.set(name(field), choices[0]?.value ?? given[kind] ?? "Example");
  }
  body.set("way", "on");
  return body;
}

const given: Partial<Record<string, string>> = {
  email: "ada@example.com",
  tel: "+1 303 555 0142",
  url: "https://ada.example.com",
  number: "8",
  date: "2027-01-15",
};

test("three pages and a review come to one stored application with everything that was given", async () => {
  const { ask, lines } = await startVendorClient();
  let address = `${generic.posting(seed)}/apply/1`;
  for (const step of [0, 1, 2]) {
    const answer = await ask(address, answersTo(step));
    expect(answer.status).toBe(303);
    address = `${host}${answer.location}`;
  }
  expect(address).toContain("/apply/review?draft=");
  expect((await ask(address)).body).toContain("ada@example.com");
  expect((await lines()).map(({ kind }) => kind)).toEqual(["step", "step", "step"]);

  const sent = await ask(address, new FormData());
  expect(sent.location).toContain("/thanks");
  const last = (await lines()).at(-1);
  expect(last).toMatchObject({
    kind: "application",
    stored: true,
    file: { name: "ada-example.pdf" },
  });
  expect(Object.keys(last?.fields ?? {})).toEqual(allGenericFields(form).map(({ id }) => id));
});

test("the way back keeps what was given and checks nothing", async () => {
  const { ask } = await startVendorClient();
  const first = await ask(`${generic.posting(seed)}/apply/1`, answersTo(0));
  const back = new FormData();
  back.set("way", "back");
  const answer = await ask(`${host}${first.location}`, back);
  expect(answer.location).toContain("/apply/1");
  expect((await ask(`${host}${answer.location}`)).body).toContain('value="ada@example.com"');
});

test("what was put into a trap on one page is in the application", async () => {
  const { ask, lines } = await startVendorClient();
  const [trap] = form.honeypots;
  const body = answersTo(0);
  body.set(trap?.name ?? "", "filled");
  let address = `${host}${(await ask(`${generic.posting(seed)}/apply/1`, body)).location}`;
  for (const step of [1, 2]) address = `${host}${(await ask(address, answersTo(step))).location}`;
  await ask(address, new FormData());
  expect((await lines()).at(-1)?.fields[trap?.field.id ?? ""]).toBe("filled");
});

test("pressed buttons and forms beside the way of an application show in the ledger", async () => {
  const { ask, lines } = await startVendorClient();
  for (const aside of ["quick", "newsletter", "friend", "account"]) {
    await ask(`${generic.posting(seed)}/${aside}`, new FormData());
  }
  expect((await lines()).map(({ stored, kind }) => stored && kind)).toEqual(
    Array.from({ length: 4 }, () => "application"),
  );
});

test("a form elsewhere is another host's, and a frame holds it there", async () => {
  const { ask } = await startVendorClient();
  const moved = await ask(`${generic.posting(seed)}/apply/1?quirk=other-origin`);
  expect(moved).toMatchObject({ status: 302 });
  expect(moved.location).toContain("//apply.southwind.test");
  const framed = await ask(`${generic.posting(seed)}/apply/1?quirk=frame`);
  expect(framed.body).toContain('src="http://apply.southwind.test');
});
