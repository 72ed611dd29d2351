import * as choice from "./choice-state.ts";
import * as combobox from "./combobox-box.ts";
import * as kinds from "./control-kind.ts";
import * as dom from "./dom.ts";
import * as finding from "./find-controls.ts";
import * as labels from "./labels.ts";
import * as odd from "./odd-widgets.ts";
import * as sections from "./date-sections.ts";
import * as shown from "./shown.ts";

/** What every page script may use. Each function is sent by its source, so each name here is the function's own. */
export const pageKit = {
  ...dom,
  ...shown,
  ...labels,
  ...combobox,
  ...choice,
  ...kinds,
  ...finding,
  ...sections,
  ...odd,
};

export type PageKit = typeof pageKit;
