/** As the system has it, unless a person chose otherwise in this browser. */
export type Theme = "system" | "light" | "dark";

export const themes: readonly Theme[] = ["system", "light", "dark"];

const storedName = "valet-theme";

export function readTheme(): Theme {
  const stored = localStorage.getItem(storedName);
  return themes.find((theme) => theme === stored) ?? "system";
}

export function applyTheme(theme: Theme): void {
  if (theme === "system") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset["theme"] = theme;
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(storedName, theme);
  applyTheme(theme);
}
