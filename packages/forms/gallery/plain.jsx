import "choices.js/public/assets/styles/choices.css";
import "flatpickr/dist/flatpickr.css";
import "intl-tel-input/dist/css/intlTelInput.css";
import "select2/dist/css/select2.css";
import "tom-select/dist/css/tom-select.css";
import "nouislider/dist/nouislider.css";
import Choices from "choices.js";
import flatpickr from "flatpickr";
import intlTelInput from "intl-tel-input/intlTelInputWithUtils";
import jquery from "jquery";
import { create as createSlider } from "nouislider";
import Quill from "quill";
import TomSelect from "tom-select";
import { departments, report, showPlain } from "./stage.jsx";

/** Libraries that work by being constructed. */
const widgets = [];

const optionTags = departments.map((name) => `<option>${name}</option>`).join("");

function put(box, html) {
  box.innerHTML = html;
  return box.querySelector("#widget");
}

function selectIn(box, { multiple = false } = {}) {
  return put(
    box,
    `<label for="widget">${multiple ? "Departments" : "Department"}</label><select id="widget" name="widget"${multiple ? " multiple" : ""}>${multiple ? "" : '<option value="">Select</option>'}${optionTags}</select>`,
  );
}

function watchSelect(select) {
  select.addEventListener("change", () => {
    const chosen = [...select.selectedOptions]
      .filter(({ value }) => value !== "")
      .map(({ text }) => text);
    report(select.multiple ? chosen : chosen[0]);
  });
}

showPlain({
  choices(box) {
    const select = selectIn(box);
    watchSelect(select);
    widgets.push(new Choices(select, { shouldSort: false, itemSelectText: "" }));
  },
  choicesMulti(box) {
    const select = selectIn(box, { multiple: true });
    watchSelect(select);
    widgets.push(new Choices(select, { removeItemButton: true }));
  },
  tomSelect(box) {
    const select = selectIn(box);
    watchSelect(select);
    widgets.push(new TomSelect(select, { plugins: ["clear_button"] }));
  },
  tomSelectMulti(box) {
    const select = selectIn(box, { multiple: true });
    watchSelect(select);
    widgets.push(new TomSelect(select, { plugins: ["remove_button"] }));
  },
  async select2(box) {
    const select = selectIn(box);
    window.jQuery = jquery;
    window.$ = jquery;
    const { default: install } = await import("select2/dist/js/select2.full.js");
    if (typeof install === "function") install(window, jquery);
    jquery(select).select2({ width: "300px", allowClear: true, placeholder: "Select" });
    jquery(select).on("change", () =>
      report(select.value === "" ? null : select.selectedOptions[0].text),
    );
  },
  flatpickr(box) {
    const input = put(
      box,
      '<label for="widget">Start date</label><input id="widget" name="widget">',
    );
    flatpickr(input, {
      allowInput: true,
      dateFormat: "m/d/Y",
      onChange: ([day]) => report(day ? flatpickr.formatDate(day, "Y-m-d") : null),
    });
  },
  phone(box) {
    const input = put(
      box,
      '<label for="widget">Phone</label><input id="widget" type="tel" name="widget">',
    );
    const phone = intlTelInput(input, { initialCountry: "us" });
    input.addEventListener("input", () => report(phone.getNumber() || null));
    input.addEventListener("countrychange", () => report(phone.getNumber() || null));
  },
  editor(box) {
    put(box, '<p id="widget-label">Cover letter</p><div id="widget"></div>');
    const editor = new Quill("#widget", { theme: null });
    editor.root.setAttribute("aria-labelledby", "widget-label");
    editor.root.setAttribute("role", "textbox");
    editor.on("text-change", () => report(editor.getText().trim() || null));
  },
  slider(box) {
    const slider = put(
      box,
      '<p id="widget-label">Years of experience</p><div id="widget" style="width:200px;height:20px"></div>',
    );
    createSlider(slider, {
      start: 0,
      step: 1,
      range: { min: 0, max: 40 },
      handleAttributes: [{ "aria-labelledby": "widget-label" }],
    });
    slider.noUiSlider.on("update", ([value]) => report(Number(value)));
  },
});
