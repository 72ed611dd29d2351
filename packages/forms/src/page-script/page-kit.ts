import * as combobox from "./combobox-box.ts";
import * as dom from "./dom.ts";
import * as labels from "./labels.ts";
import * as shown from "./shown.ts";

/** What every page script may use. Each function is sent by its source, so each name here is the function's own. */
export const pageKit = { ...dom, ...shown, ...labels, ...combobox };

export type PageKit = typeof pageKit;
