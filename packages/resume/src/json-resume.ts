import type { Box } from "./layout/text-document.ts";

/** The part of the JSON Resume schema (jsonresume.org) that is read from a document; nothing there, no member. */
export interface JsonResume {
  readonly basics: {
    readonly name?: string;
    readonly label?: string;
    readonly email?: string;
    readonly phone?: string;
    readonly url?: string;
    readonly summary?: string;
    readonly location?: { readonly address?: string };
    readonly profiles?: readonly {
      readonly network: string;
      readonly username?: string;
      readonly url?: string;
    }[];
  };
  readonly work?: readonly {
    readonly name?: string;
    readonly position?: string;
    readonly location?: string;
    /** `2019-05` or `2019`. */
    readonly startDate?: string;
    /** The same, or `present`. */
    readonly endDate?: string;
    readonly summary?: string;
    readonly highlights?: readonly string[];
  }[];
  readonly education?: readonly {
    readonly institution?: string;
    readonly studyType?: string;
    readonly area?: string;
    readonly startDate?: string;
    readonly endDate?: string;
    readonly score?: string;
  }[];
  readonly skills?: readonly {
    readonly name: string;
    readonly level?: string;
    readonly keywords?: readonly string[];
  }[];
  readonly languages?: readonly { readonly language: string; readonly fluency?: string }[];
  readonly projects?: readonly {
    readonly name?: string;
    readonly startDate?: string;
    readonly endDate?: string;
    readonly description?: string;
    readonly highlights?: readonly string[];
  }[];
  readonly certificates?: readonly {
    readonly name: string;
    readonly issuer?: string;
    readonly date?: string;
  }[];
  readonly awards?: readonly { readonly title: string; readonly date?: string }[];
}

/** Where a value stands. */
export type Source = (
  | { readonly page: number; readonly box: Box }
  | { readonly paragraph: number }
) & {
  /** The words there. */
  readonly text: string;
  /** From 0 to 1. */
  readonly confidence: number;
};

export interface ParsedResume {
  readonly resume: JsonResume;
  /** By JSON pointer into `resume`, for every value in it. */
  readonly sources: Readonly<Record<string, Source>>;
}
