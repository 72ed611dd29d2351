/** What the portal does in its frame: sends the résumé at once, draws its lists, shows more rows. */
for (const upload of document.querySelectorAll<HTMLInputElement>("#cp_form input[type=file]")) {
  upload.addEventListener("change", () => {
    const mark = document.querySelector<HTMLInputElement>("input[name=upload_only]");
    if (mark !== null) mark.value = "1";
    upload.form?.submit();
  });
}
for (const button of document.querySelectorAll<HTMLElement>(".iCIMS_AddMore")) {
  button.addEventListener("click", () => {
    document.getElementById("-2_row")?.removeAttribute("hidden");
    button.hidden = true;
  });
}
for (const opener of document.querySelectorAll<HTMLElement>("a[id$=_icimsDropdown]")) {
  drawList(opener);
}

function drawList(opener: HTMLElement): void {
  const id = opener.id.slice(0, -"_icimsDropdown".length);
  const box = document.getElementById(`${id}_dropdown-container`);
  const list = document.getElementById(`${id}_dropdown-results`);
  const select = document.getElementById(id);
  if (box === null || list === null || !(select instanceof HTMLSelectElement)) return;
  const search = box.querySelector<HTMLInputElement>(".dropdown-search");

  const show = (isOpen: boolean): void => {
    box.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) search?.focus();
  };
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    show(box.hidden !== false);
  });
  document.addEventListener("mousedown", ({ target }) => {
    if (target instanceof Node && !box.contains(target) && !opener.contains(target)) show(false);
  });
  list.addEventListener("click", ({ target }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>("[role=option]") : null;
    if (row === null) return;
    const value = row.dataset["value"] ?? "";
    if (![...select.options].some((option) => option.value === value)) {
      select.add(new Option(value, value));
    }
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    const text = opener.querySelector(".dropdown-text");
    if (text !== null) text.textContent = row.textContent;
    show(false);
  });
  if (search !== null) searchAsTyped(search, list);
}

/** Only real keys ask the server. */
function searchAsTyped(search: HTMLInputElement, list: HTMLElement): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener("keyup", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), 300);
  });
  async function ask(): Promise<void> {
    const answer = await fetch(`/practice/countries?text=${encodeURIComponent(search.value)}`);
    // Boundary: our own server's answer.
    const found = (await answer.json()) as string[];
    list.replaceChildren(
      ...found.map((name) => {
        const row = document.createElement("li");
        row.setAttribute("role", "option");
        row.dataset["value"] = name;
        row.textContent = name;
        return row;
      }),
    );
  }
}
