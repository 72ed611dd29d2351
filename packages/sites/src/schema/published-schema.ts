import type { FormField } from "@valet/contracts";
import type { Page } from "playwright";

/** How a published question is answered. `choice`: one of its options; `choices`: any number of them. */
export type PublishedKind =
  | "text"
  | "long_text"
  | "choice"
  | "choices"
  | "yes_no"
  | "file"
  | "date"
  | "number"
  | "other";

/** One question of an application form as the site itself publishes it. */
export interface PublishedField {
  /** The control's id or name on the page where the site uses its own names there. */
  readonly name: string;
  readonly label: string;
  /** Words beside the question, without markup: sometimes only they say what is asked. */
  readonly description?: string;
  readonly kind: PublishedKind;
  readonly required: boolean;
  /** The labels of its choices; empty where there are none or the site does not tell them here. */
  readonly options: readonly string[];
  /** Names of other controls that take the same answer; one of them on the page is enough. */
  readonly alternatives?: readonly string[];
  /** The page leaves it out for some applicants, so its absence says nothing. */
  readonly mayBeAbsent?: true;
  /** What its control asks for, where the site tells neither the control's name nor its label. */
  readonly meanings?: readonly FormField["meaning"][];
}

/** An application form as its site publishes it, apart from the page that shows it. */
export interface PublishedSchema {
  readonly fields: readonly PublishedField[];
  /** It is all of the form's first page and nothing of the others. */
  readonly isFirstPageOnly?: true;
}

/** Where a site publishes its forms, and how they are read from there. Pure. */
export type SiteSchema = SchemaAtAddress | SchemaInElements | SchemaInTraffic;

/** Published under an address of its own that anyone may get: no browser is needed. */
export interface SchemaAtAddress {
  readonly from: "address";
  /** Undefined when the address of the job, or of a frame that shows it, does not tell. */
  readonly schemaUrl: (address: URL) => URL | undefined;
  /** Undefined when the document is not what it was expected to be. */
  readonly readSchema: (document: unknown) => PublishedSchema | undefined;
}

/** Written into the page: JSON in hidden inputs or in data scripts. */
export interface SchemaInElements {
  readonly from: "elements";
  /** CSS selector; of an input its value is JSON, of any other element its text. */
  readonly selector: string;
  /** Gets every document of the page in order. Undefined when they do not make a form. */
  readonly readSchema: (documents: readonly unknown[]) => PublishedSchema | undefined;
}

/** In an answer that the page itself asks for when it is opened. */
export interface SchemaInTraffic {
  readonly from: "traffic";
  readonly isSchema: (address: URL) => boolean;
  /** Undefined when the answer is not what it was expected to be. */
  readonly readSchema: (document: unknown) => PublishedSchema | undefined;
}

/** The part of `fetch` that reading a schema takes. */
export type FetchSchema = (
  address: URL,
  init: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
) => Promise<Response>;

/** Where a schema can be read: what is not given is not tried. */
export interface SchemaPlaces {
  /** Of the posting or its form. */
  readonly address: URL;
  /** The open posting or form; what a page asks for is read by loading it anew, so nothing may be typed yet. */
  readonly page?: Page;
  readonly fetch?: FetchSchema;
  /** In place of an open page, the page as it was served: texts of what a selector finds there. */
  readonly elements?: (selector: string) => readonly string[];
}
