const nameOf = (taskId: string) => `valet-control-${taskId}`;

/**
 * By what name this window has control of an application's browser. It outlives a page that is loaded anew, and
 * the API's own page of the live browser keeps it in the same place.
 */
export function controlOfWindow(taskId: string): string | undefined {
  return sessionStorage.getItem(nameOf(taskId)) ?? undefined;
}

/** `undefined`: it has none any more. */
export function keepControl(taskId: string, control: string | undefined): void {
  if (control === undefined) sessionStorage.removeItem(nameOf(taskId));
  else sessionStorage.setItem(nameOf(taskId), control);
}
