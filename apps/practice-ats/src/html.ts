/** Markup that is safe to send: every value put into it was escaped. */
export interface Html {
  readonly markup: string;
}

type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[];

export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: String.raw({ raw: strings }, ...values.map(toMarkup)) };
}

/** For text that is markup already, such as a style sheet of ours. */
export function trustedHtml(markup: string): Html {
  return { markup };
}

/** JSON for a `<script type="application/json">`: it cannot end the element. */
export function jsonForScript(value: unknown): Html {
  return { markup: JSON.stringify(value).replaceAll("<", String.raw`\u003c`) };
}

function toMarkup(value: HtmlValue): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "string") return escape(value);
  if (typeof value === "number") return String(value);
  if ("markup" in value) return value.markup;
  return value.map(toMarkup).join("");
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
