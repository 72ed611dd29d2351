import { createHash } from "node:crypto";
import type { FormField, SnapshotPage } from "@valet/contracts";

/** A button of the form, addressed like a field. */
export interface FormButton {
  readonly text: string;
  readonly frame: string;
  readonly selector: FormField["selector"];
  readonly enabled: boolean;
}

/** One page of an application form as it stands. */
export interface FormPage {
  /** Origin and path of the page. */
  readonly url: string;
  readonly title: string;
  /** SHA-256 in hex over the visible layout; values and validation errors do not change it. */
  readonly signature: string;
  readonly fields: FormField[];
  /** Where the form would be sent; null for forms that scripts send. */
  readonly target: SnapshotPage["target"];
  readonly buttons: { readonly next?: FormButton; readonly submit?: FormButton };
  /** How many error messages are visible. */
  readonly alerts: number;
}

type Layout = Pick<FormPage, "fields" | "buttons">;

export function layoutSignature({ fields, buttons }: Layout): string {
  const layout = [layoutKey(fields), buttons.next?.text ?? null, buttons.submit?.text ?? null];
  return createHash("sha256").update(JSON.stringify(layout)).digest("hex");
}

/** The part of the layout that buttons with changing texts ("Saving…") do not touch. */
export function layoutKey(fields: readonly FormField[]): string {
  return JSON.stringify(
    fields.filter(({ visible }) => visible).map(({ id, label, kind }) => [id, label, kind]),
  );
}

/** Origin and path: what may be stored of an address. */
export function originAndPath(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  return url.origin === "null" ? `${url.protocol}${url.pathname}` : `${url.origin}${url.pathname}`;
}
