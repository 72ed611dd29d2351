import type { Theme } from "../app/theme.ts";

const themes: Readonly<Record<Theme, string>> = { system: "Auto", light: "Light", dark: "Dark" };

export const shellStrings = {
  skip: "Skip to the content",
  pages: "Pages",
  applications: "Applications",
  newApplication: "New",
  aboutYou: "About you",
  live: "Live",
  operations: "Operations",
  limits: "Limits",
  themes,
  themeLabel: (now: Theme, next: Theme) => `Colours: ${themes[now]}. Change to ${themes[next]}`,
  signOut: "Sign out",
} as const;
