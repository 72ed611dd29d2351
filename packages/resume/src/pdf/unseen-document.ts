/**
 * Where pdf.js puts the fonts of a document that nobody looks at. Without a place for them it turns every
 * letter into an outline to draw it by, which takes a quarter of the time of a résumé.
 */
export const unseenDocument = {
  fonts: { add: () => undefined, delete: () => undefined },
};

/** A font that is never shown; browsers have one that is. */
class UnseenFontFace {
  readonly loaded = Promise.resolve();
}

if (!("FontFace" in globalThis)) {
  Object.defineProperty(globalThis, "FontFace", { value: UnseenFontFace });
}
