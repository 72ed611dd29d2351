import { load } from "cheerio";
import {
  type ApplyWay,
  type PageFacts,
  type PostingFacts,
  buttonRole,
  isApplyWay,
  isOneClick,
  postingFacts,
} from "@valet/forms";

/** A page as its server sent it: no script of it has run. */
export interface ServedPage {
  /** After all redirects. */
  readonly url: URL;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface StaticPage {
  readonly facts: PageFacts;
  readonly posting: PostingFacts;
  /** Of every element that the selector finds: an input's value, any other's text. */
  readonly textsOf: (selector: string) => string[];
}

const mostText = 20_000;
const blocks = "p, div, li, ul, ol, section, article, header, footer, main, tr, td, th, dt, dd, br";
const headings = "h1, h2, [role=heading]";
/** What an application asks by itself; newsletters and searches have fewer. */
const leastFields = 3;

/**
 * What a page says before any script has run, in the terms in which open pages are judged. What a page
 * only draws itself is not there, so silence means nothing.
 */
export function readStaticPage({ url, status, text }: ServedPage): StaticPage {
  const $ = load(text);
  const oneLine = (words: string): string => words.replace(/\s+/gu, " ").trim();
  const data = $('script[type="application/ld+json" i]').toArray();
  const posting = postingFacts(data.map((element) => $(element).text()));
  const shown = load(text);
  shown("script, style, template, noscript, svg, [hidden], [aria-hidden=true]").remove();
  shown(`${blocks}, h1, h2, h3, h4`).append("\n");
  const lines = shown("body").text().split("\n").map(oneLine);
  const facts: PageFacts = {
    url: `${url.origin}${url.pathname}`,
    title: oneLine($("title").first().text()),
    httpStatus: status,
    headings: shown(headings)
      .toArray()
      .map((element) => oneLine(shown(element).text())),
    text: lines
      .filter((line) => line !== "")
      .join("\n")
      .slice(0, mostText),
    alerts: [],
    invalidFields: 0,
    hasApplicationForm: shown("form").toArray().some(isApplication),
    applyWay: findApplyWay(),
  };
  return {
    facts,
    posting,
    textsOf: (selector) =>
      $(selector)
        .toArray()
        .map((element) => $(element).attr("value") ?? $(element).text()),
  };

  function isApplication(form: Parameters<typeof shown>[0]): boolean {
    const inside = shown(form);
    const fields = inside.find("input:not([type=hidden]):not([type=submit]), select, textarea");
    const words = wordsOf(inside.find("button, input[type=submit]").toArray());
    return fields.length >= leastFields && words.some((word) => buttonRole(word) === "submit");
  }

  function wordsOf(elements: readonly Parameters<typeof shown>[0][]): string[] {
    return elements.map((element) =>
      oneLine(shown(element).attr("value") ?? shown(element).text()),
    );
  }

  function findApplyWay(): ApplyWay | null {
    for (const element of shown("a[href], button").toArray()) {
      const words = oneLine(shown(element).text());
      if (!isApplyWay(words) || isOneClick(words)) continue;
      const href = URL.parse(shown(element).attr("href") ?? "", url)?.href ?? null;
      return { text: words, frame: url.href, selector: "", href, sends: false };
    }
    return null;
  }
}
