import type { FieldKind, FormField } from "@valet/contracts";

/** One control or group as the reader script finds it; nothing is interpreted yet. */
export interface RawControl {
  readonly selector: FormField["selector"];
  readonly kind: FieldKind;
  readonly inputType: string;
  readonly domId: string;
  readonly name: string;
  readonly autocomplete: string;
  /** As written, required marks included. */
  readonly label: string;
  /** Name of the fieldset or group around it, empty when there is none. */
  readonly group: string;
  readonly placeholder: string;
  /** Other names the control carries: ARIA name, title. */
  readonly hint: string;
  /** The words right behind it. */
  readonly after: string;
  /** -1 where nothing limits it. */
  readonly maxLength: number;
  readonly required: boolean;
  readonly options: readonly string[];
  /** A date that takes a month and no day. */
  readonly isMonth: boolean;
  readonly visible: boolean;
  readonly hidden: "none" | "offscreen" | "tiny" | "transparent" | "covered" | null;
  readonly ariaHidden: boolean;
  /** The box around it is named as a trap. */
  readonly trapBox: boolean;
  readonly tabIndex: number;
  readonly disabled: boolean;
  readonly readOnly: boolean;
  /** Index into `forms`, -1 outside any form. */
  readonly form: number;
  /** Part of the page that is never an application form. */
  readonly region: "cookie" | "search" | "navigation" | null;
  /** Marked as wrong by the page. */
  readonly invalid: boolean;
  /** Refused by the browser's own validation, shown or not. */
  readonly blocked: boolean;
}

export interface RawButton {
  readonly selector: FormField["selector"];
  readonly text: string;
  readonly type: "submit" | "button" | "link";
  readonly href: string | null;
  readonly form: number;
  readonly visible: boolean;
  readonly enabled: boolean;
  readonly region: RawControl["region"];
  /** What it sends under its own name, and what it says in place of its form; null where it says nothing. */
  readonly sends: RawEntry | null;
  readonly action: string | null;
  readonly method: string | null;
  readonly encoding: string | null;
  readonly opensIn: string | null;
}

/** What is sent under a name; null for a value that a field shows. */
export interface RawEntry {
  readonly name: string;
  readonly value: string | null;
}

export interface RawForm {
  /** Absolute, or null when the form names no target of its own. */
  readonly action: string | null;
  readonly method: string;
  readonly encoding: string;
  /** The window or frame it names for the answer; empty for its own. */
  readonly opensIn: string;
  /** What it would send, buttons left out. */
  readonly entries: readonly RawEntry[];
  /** Its names in code: id, classes, address. */
  readonly marks: string;
  /** The words above it. */
  readonly heading: string;
}

export interface RawFrame {
  /** Differs between two loads of the same address. */
  readonly documentId: number;
  readonly url: string;
  /** What the frame is addressed by in fields and buttons. */
  readonly address: string;
  readonly title: string;
  /** Whether people see the frame in the page around it. */
  readonly shown: boolean;
  readonly controls: readonly RawControl[];
  readonly buttons: readonly RawButton[];
  readonly forms: readonly RawForm[];
  /** Texts of visible error messages. */
  readonly alerts: readonly string[];
  /** Elements that could hold a closed shadow root. */
  readonly closedHosts: number;
  /** It carries scripts and they run: fields may still come. */
  readonly scripted: boolean;
  /** A heading says that all there is left is to look the application over. */
  readonly isReview: boolean;
  /** Something on the page says that it is working. */
  readonly busy: boolean;
}
