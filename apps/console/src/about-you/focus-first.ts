/** As the ref of a form that somebody has just opened: they can type at once. */
export function focusFirst(form: HTMLElement | null): void {
  form?.querySelector<HTMLElement>("input, textarea")?.focus();
}
