import { departments, report, showPlain } from "./stage.jsx";

/** One value over several inputs; a full one hands the focus on, as the libraries for codes do. */
function partsOf(box, { label, parts }) {
  box.innerHTML = `<p id="widget-label">${label}</p><div role="group" aria-labelledby="widget-label">${parts
    .map(([most, hint = ""]) => `<input maxlength="${most}" placeholder="${hint}" size="${most}">`)
    .join(" - ")}</div>`;
  const inputs = [...box.querySelectorAll("input")];
  box.addEventListener("input", ({ target }) => {
    const isFull = target.value.length === target.maxLength;
    if (isFull) inputs[inputs.indexOf(target) + 1]?.focus();
    report(inputs.map(({ value }) => value).join("") || null);
  });
}

showPlain({
  /** Two buttons over a hidden checkbox; a second press takes the answer back. */
  yesNo(box) {
    box.innerHTML = `<label for="nowhere">Will you need a permit?</label><div class="yes-no">
      <button type="button" data-option="yes" aria-pressed="false">Yes</button>
      <button type="button" data-option="no" aria-pressed="false">No</button>
      <input type="checkbox" tabindex="-1" style="display:none"></div>`;
    const buttons = [...box.querySelectorAll("button")];
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        for (const one of buttons) one.setAttribute("aria-pressed", String(on && one === button));
        box.querySelector("input").checked = on && button.dataset.option === "yes";
        report(on ? button.textContent : null);
      });
    }
  },
  /** Needs keys, answers late, takes only what was picked and drops the rest on leaving. */
  typeahead(box) {
    box.innerHTML = `<label for="widget">Location</label>
      <input id="widget" name="location" autocomplete="off" class="location-input typeahead">
      <div class="dropdown-container" style="display:none"><div class="dropdown-results"></div></div>
      <input type="hidden" name="selectedLocation">`;
    const places = ["Oakland, California, United States", "Oslo, Norway", "Osaka, Japan"];
    const input = box.querySelector("#widget");
    const hidden = box.querySelector("[type=hidden]");
    const list = box.querySelector(".dropdown-container");
    let timer;
    input.addEventListener("keydown", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const found = places.filter((place) =>
          place.toLowerCase().includes(input.value.toLowerCase()),
        );
        list.style.display = input.value === "" ? "none" : "block";
        list.firstChild.replaceChildren(
          ...found.map((place) => {
            const row = document.createElement("div");
            row.className = "dropdown-location";
            row.textContent = place;
            row.addEventListener("mousedown", () => {
              input.value = place;
              hidden.value = JSON.stringify({ name: place });
              list.style.display = "none";
              report(place);
            });
            return row;
          }),
        );
      }, 300);
    });
    input.addEventListener("input", () => {
      hidden.value = "";
      report(null);
    });
    input.addEventListener("blur", () => {
      list.style.display = "none";
      if (hidden.value === "") input.value = "";
    });
  },
  /** Boxes of one name. */
  boxes(box) {
    box.innerHTML = `<fieldset><legend>Skills</legend>${departments
      .map((name) => `<label><input type="checkbox" name="skills" value="${name}">${name}</label>`)
      .join("")}</fieldset>`;
    box.addEventListener("change", () =>
      report([...box.querySelectorAll(":checked")].map(({ value }) => value)),
    );
  },
  phoneParts: (box) => partsOf(box, { label: "Phone", parts: [[3], [3], [4]] }),
  numberParts: (box) => partsOf(box, { label: "Social security number", parts: [[3], [2], [4]] }),
  dayParts: (box) =>
    partsOf(box, {
      label: "Start date",
      parts: [
        [2, "MM"],
        [2, "DD"],
        [4, "YYYY"],
      ],
    }),
  /** Draws only the rows in view and cannot be searched. */
  endless(box) {
    const [rowHeight, rows] = [20, 10];
    box.innerHTML = `<p id="widget-label">Team</p>
      <button type="button" id="widget" role="combobox" aria-labelledby="widget-label" aria-haspopup="listbox" aria-expanded="false" aria-controls="widget-list"></button>
      <div id="widget-list" role="listbox" hidden style="position:absolute;overflow-y:auto;width:200px;height:${rowHeight * rows}px"><div style="position:relative;height:${rowHeight * 200}px"></div></div>`;
    const [button, list] = [box.querySelector("button"), box.querySelector("#widget-list")];
    const open = (on) => {
      list.hidden = !on;
      button.setAttribute("aria-expanded", String(on));
      if (on) draw();
    };
    const draw = () => {
      const first = Math.floor(list.scrollTop / rowHeight);
      list.firstChild.replaceChildren(
        ...Array.from({ length: Math.min(rows + 1, 200 - first) }, (_, index) => {
          const row = document.createElement("div");
          row.setAttribute("role", "option");
          row.style.cssText = `position:absolute;height:${rowHeight}px;top:${(first + index) * rowHeight}px;width:180px`;
          row.textContent = `Team ${first + index + 1}`;
          row.addEventListener("click", () => {
            button.textContent = row.textContent;
            open(false);
            report(row.textContent);
          });
          return row;
        }),
      );
    };
    list.addEventListener("scroll", draw);
    button.addEventListener("click", () => open(list.hidden));
    button.addEventListener("keydown", ({ key }) => key === "Escape" && open(false));
  },
  /** A list that stands open. */
  openList(box) {
    box.innerHTML = `<p id="widget-label">Department</p><ul role="listbox" aria-labelledby="widget-label" tabindex="0">${departments
      .map((name) => `<li role="option" aria-selected="false">${name}</li>`)
      .join("")}</ul>`;
    const rows = [...box.querySelectorAll("li")];
    for (const row of rows) {
      row.addEventListener("click", () => {
        const on = row.getAttribute("aria-selected") !== "true";
        for (const one of rows) one.setAttribute("aria-selected", String(on && one === row));
        report(on ? row.textContent : null);
      });
    }
  },
});
