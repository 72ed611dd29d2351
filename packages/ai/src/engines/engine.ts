import type { EngineName, FieldKind } from "@valet/contracts";
import type { Pointer, SmallAction } from "@valet/forms";
import type { UnansweredKind } from "../model-answer.ts";

/** What is said of a field to an engine: nothing of it is a value of the person. */
export interface FieldToHelp {
  readonly label: string;
  readonly kind: FieldKind;
  readonly options: readonly string[];
  readonly section?: string;
}

/** `nothing`: it points nowhere, or at something that is none of the small actions. */
export type EngineAnswer<Value> =
  | { readonly kind: "answered"; readonly value: Value }
  | { readonly kind: "nothing" }
  | { readonly kind: "failed"; readonly why: UnansweredKind | "engine_failed" };

/** Somebody else's browser agent, kept to pointing: it has no hand on the page. */
export interface Engine {
  readonly name: EngineName;
  /** Which element is this field. */
  locate(field: FieldToHelp, signal: AbortSignal): Promise<EngineAnswer<Pointer>>;
  /** The next small action that brings the field to its value, given what was done before. */
  act(
    field: FieldToHelp,
    done: readonly SmallAction[],
    signal: AbortSignal,
  ): Promise<EngineAnswer<SmallAction>>;
  /** Which element shows what the field holds. */
  extract(field: FieldToHelp, signal: AbortSignal): Promise<EngineAnswer<Pointer>>;
  /** Lets go; the page stays as it is. */
  close(): Promise<void>;
}
