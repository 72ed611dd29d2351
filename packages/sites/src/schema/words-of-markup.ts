/** The words of a piece of HTML as a site publishes it beside a question; never shown as HTML. */
export function wordsOfMarkup(markup: string): string {
  const words = markup.replace(/<[^>]*>/gu, " ").replace(/&[a-z#\d]+;/giu, (code) => {
    return characters[code.toLowerCase()] ?? " ";
  });
  return words.replace(/\s+/gu, " ").trim();
}

const characters: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&rsquo;": "’",
};
