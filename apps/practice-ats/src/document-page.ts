import { html, trustedHtml, type Html } from "./html.ts";

export interface DocumentPage {
  readonly title: string;
  readonly language: string;
  readonly styles: string;
  /** What its head holds besides. */
  readonly head?: Html | undefined;
  readonly body: Html;
}

/** A whole HTML document that asks for no icon. */
export function documentPage({ title, language, styles, head, body }: DocumentPage): Html {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${trustedHtml(styles)}
        </style>
        ${head}
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}
