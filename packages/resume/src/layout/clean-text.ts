/** Symbols of icon fonts, and what stands for letters that a font does not tell. */
const unreadable = /[\u{E000}-\u{F8FF}\u{F0000}-\u{10FFFD}\u{FFFC}\u{FFFD}]/gu;
const invisible = /[\p{Cc}\p{Cf}]/gu;

/**
 * Text as a person would type it: ligatures as their letters, one kind of space, nothing invisible.
 * Soft hyphens are invisible.
 */
export function cleanText(text: string): string {
  return text
    .replaceAll(/[\t\n\r\u{00A0}]/gu, " ")
    .replaceAll(invisible, "")
    .normalize("NFKC")
    .replaceAll(unreadable, "")
    .replaceAll(/\s+/gu, " ");
}

/** Icons are single; what a font does not tell comes in words. */
export function countUnreadable(text: string): number {
  const found = text.match(/[\u{E000}-\u{F8FF}\u{FFFD}\p{Cc}]{2,}/gu) ?? [];
  return found.join("").length;
}

const bulletGlyphs = "•●▪▫■□◦○‣⁃∙·–—*➢➤►▶▸✓✔❖◆◇♦→»›";
/** These mark nothing else where a capital follows them at once. */
const closeGlyphs = "•●▪■◦○‣–—➢➤►▶▸✓✔→»›";
const bulletStart = new RegExp(
  `^\\s*(?:(?:[${bulletGlyphs}]|-|o(?=\\s)|>)\\s+(?=\\S)|[${closeGlyphs}](?=\\p{Lu}\\p{Ll}))`,
  "u",
);
const onlyBullet = new RegExp(`^\\s*(?:[${bulletGlyphs}-]|o)\\s*$`, "u");

/** The text without the bullet that it begins with; `undefined` where there is none. */
export function withoutBullet(text: string): string | undefined {
  return bulletStart.test(text) ? text.replace(bulletStart, "") : undefined;
}

export function isOnlyBullet(text: string): boolean {
  return onlyBullet.test(text);
}
