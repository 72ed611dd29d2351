/** Where somebody points: an element by its path from the document's root, or a place of the viewport in CSS pixels. */
export type Pointer = { readonly xpath: string } | { readonly x: number; readonly y: number };

/**
 * One small thing that brings a field nearer to its value. What is typed or picked is never said: it is the
 * field's planned value, and code puts it in.
 *
 * - `click`: on the field, on what opens it, or on an entry of its list.
 * - `type`: the value, into a line of the field.
 * - `pick`: at any entry of an open list, or at the list; the entry that says the value is taken.
 */
export interface SmallAction {
  readonly do: "click" | "type" | "pick";
  readonly at: Pointer;
}

/** Why a small action is not done. */
export type ActionRefusal =
  /** Nothing there, or not in the frame of the field. */
  | "not_there"
  | "other_frame"
  | "not_shown"
  | "covered"
  /** A button that sends, goes on or takes back, or a link. */
  | "sends"
  | "leads_away"
  | "other_field"
  /** Neither in the field's own box nor opened by what was done for it. */
  | "not_of_this_field"
  | "takes_no_text"
  /** An entry of a list that does not say the value, or one of several that say nothing. */
  | "not_the_value"
  | "not_done";
