import type { FieldValue } from "@valet/contracts";

/** One widget of the gallery and what a test does to it. */
export interface GalleryWidget {
  /** File in `gallery/` and the name of the widget there. */
  readonly library: string;
  readonly widget: string;
  readonly label: string;
  readonly set: FieldValue;
  readonly change: FieldValue;
  /** What stands for nothing; null where a person cannot take the choice back either. */
  readonly clear: FieldValue | null;
  /** What the page's own code says after `set`, where it differs from the value. */
  readonly state?: unknown;
}

interface Kind {
  readonly label: string;
  readonly set: FieldValue;
  readonly change: FieldValue;
  readonly clear: FieldValue;
  readonly state?: unknown;
}

const one: Kind = { label: "Department", set: "Engineering", change: "Design", clear: "" };
const several: Kind = {
  label: "Departments",
  set: ["Engineering", "Finance"],
  change: ["Finance", "Design"],
  clear: [],
};
const words: Kind = { label: "Skills", set: ["Welding", "Sonar"], change: ["Sonar"], clear: [] };
const travel: Kind = { label: "I am willing to travel", set: true, change: false, clear: false };
const permit: Kind = { label: "Will you need a permit?", set: "Yes", change: "No", clear: "" };
const day: Kind = { label: "Start date", set: "2027-02-15", change: "2027-11-03", clear: "" };
const years: Kind = { label: "Years of experience", set: "7", change: "3", clear: "0", state: 7 };
const phone: Kind = {
  label: "Phone",
  set: "4155550100",
  change: "2125550123",
  clear: "",
};
const salary: Kind = {
  label: "Expected salary",
  set: "85000",
  change: "90500",
  clear: "",
  state: 85_000,
};

function entries(
  library: string,
  kinds: Readonly<Record<string, Partial<GalleryWidget>>>,
): GalleryWidget[] {
  return Object.entries(kinds).map(([widget, kind]) => ({ library, widget, ...one, ...kind }));
}

const keeps = { clear: null };

/** Every page of the gallery; the real libraries, one widget a page. */
export const galleryWidgets: readonly GalleryWidget[] = [
  ...entries("react-select", { single: one, multi: several, async: one, creatable: words }),
  ...entries("downshift", { select: { ...one, ...keeps }, combobox: one }),
  ...entries("mui", {
    select: one,
    autocomplete: one,
    tags: several,
    free: words,
    radio: { ...one, ...keeps },
    toggle: permit,
    checkbox: travel,
    switch: travel,
    slider: years,
    date: day,
  }),
  ...entries("antd", {
    select: one,
    long: { label: "Team", set: "Team 150", change: "Team 2", clear: "" },
    multiple: several,
    tags: words,
    autocomplete: one,
    date: day,
    number: salary,
    radio: { ...one, ...keeps },
    switch: travel,
    code: { label: "Reference number", set: "482915", change: "113355", clear: "" },
  }),
  ...entries("radix", {
    select: { ...one, ...keeps },
    radio: { ...one, ...keeps },
    toggle: permit,
    checkbox: travel,
    switch: travel,
    slider: years,
  }),
  ...entries("headless", {
    listbox: { ...one, ...keeps },
    combobox: one,
    radio: { ...one, ...keeps },
    switch: travel,
  }),
  ...entries("react-aria", {
    select: { ...one, ...keeps },
    combobox: one,
    date: day,
    number: salary,
  }),
  ...entries("inputs", {
    day,
    searchable: { ...one, ...keeps },
    mask: { ...phone, state: "(415) 555-0100" },
    pattern: phone,
    money: { ...salary, state: "85000" },
    code: { label: "Reference number", set: "482915", change: "113355", clear: "" },
  }),
  ...entries("plain", {
    choices: one,
    choicesMulti: several,
    tomSelect: one,
    tomSelectMulti: several,
    select2: one,
    flatpickr: day,
    phone: { ...phone, state: "+14155550100" },
    editor: {
      label: "Cover letter",
      set: "The sea is honest work.",
      change: "So is the shore.",
      clear: "",
    },
    slider: years,
  }),
  ...entries("shoelace", {
    input: { label: "Preferred name", set: "Ada", change: "Countess", clear: "" },
    select: one,
  }),
  ...entries("homemade", {
    yesNo: permit,
    typeahead: {
      label: "Location",
      set: "Oslo, Norway",
      change: "Osaka, Japan",
      clear: "",
    },
    boxes: { ...several, label: "Skills" },
    phoneParts: { ...phone, state: "4155550100" },
    numberParts: {
      label: "Social security number",
      set: "123-45-6789",
      change: "987-65-4321",
      clear: "",
      state: "123456789",
    },
    dayParts: { ...day, state: "02152027" },
    endless: { label: "Team", set: "Team 150", change: "Team 2", clear: null },
    openList: { ...one, set: ["Engineering"], change: ["Design"], clear: [], state: "Engineering" },
  }),
];
