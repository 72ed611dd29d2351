import { expect, test } from "vitest";

import { html, jsonForScript } from "./html.ts";

test("a value cannot become markup, in text or in an attribute", () => {
  const { markup } = html`<a title="${`"x"`}">${"<b>&'"}</a>`;
  expect(markup).toBe('<a title="&quot;x&quot;">&lt;b&gt;&amp;&#39;</a>');
});

test("markup and lists of markup are put in as they are, what is absent not at all", () => {
  expect(html`${[html`<i></i>`, html`<b></b>`]}${undefined}${false}${0}`.markup).toBe(
    "<i></i><b></b>0",
  );
});

test("JSON in a script element cannot end the element", () => {
  const { markup } = jsonForScript({ text: "</script>" });
  expect(markup).not.toContain("</script>");
  expect(JSON.parse(markup)).toEqual({ text: "</script>" });
});
