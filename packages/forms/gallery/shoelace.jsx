import "@shoelace-style/shoelace/dist/components/input/input.js";
import "@shoelace-style/shoelace/dist/components/option/option.js";
import "@shoelace-style/shoelace/dist/components/select/select.js";
import { departments, report, showPlain } from "./stage.jsx";

const options = departments
  .map((name) => `<sl-option value="${name.replace(/ /gu, "-")}">${name}</sl-option>`)
  .join("");

function listen(box, tag) {
  const element = box.querySelector(tag);
  element.addEventListener("sl-change", () => {
    const { value } = element;
    report(
      Array.isArray(value)
        ? value.map((one) => one.replace(/-/gu, " "))
        : value.replace(/-/gu, " ") || null,
    );
  });
}

showPlain({
  input(box) {
    box.innerHTML = '<sl-input label="Preferred name" name="widget"></sl-input>';
    listen(box, "sl-input");
  },
  select(box) {
    box.innerHTML = `<sl-select label="Department" clearable>${options}</sl-select>`;
    listen(box, "sl-select");
  },
});
