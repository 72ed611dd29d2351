/** Paths at which the API serves the console; all else below them is the API's own. */
export const consolePages = [
  "/",
  "/sign-in",
  "/applications/:id",
  "/applications/:id/live",
  "/live",
  "/batch/:id",
  "/operations",
  "/new",
  "/start",
  "/start/facts",
  "/start/answers",
] as const;
