export const languages = ["en", "de", "fr", "es"] as const;
export type Language = (typeof languages)[number];

/** The same words in each language. */
export type InEach = Readonly<Record<Language, string>>;
