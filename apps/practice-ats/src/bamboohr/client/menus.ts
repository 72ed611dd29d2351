/** Menus that are drawn at the end of the page, over a list of the browser's own that is kept in step. */
for (const toggle of document.querySelectorAll<HTMLElement>(".fab-SelectToggle")) {
  toggle.addEventListener("click", () => {
    const open = document.querySelector(".fab-MenuVessel");
    open?.remove();
    if (toggle.getAttribute("aria-expanded") === "true") return close(toggle);
    show(toggle);
  });
}

function show(toggle: HTMLElement): void {
  const select = toggle.parentElement?.querySelector("select");
  if (select === null || select === undefined) return;
  const menu = document.createElement("div");
  menu.className = "fab-MenuVessel";
  menu.id = `${toggle.id}_menu`;
  menu.setAttribute("role", "listbox");
  for (const option of [...select.options].slice(1)) {
    const row = document.createElement("div");
    row.className = "fab-MenuOption";
    row.setAttribute("role", "option");
    row.textContent = option.text;
    row.addEventListener("click", () => {
      select.value = option.value;
      const content = toggle.querySelector(".fab-SelectToggle__content");
      content?.classList.remove("fab-SelectToggle__placeholder");
      if (content !== null) content.textContent = option.text;
      menu.remove();
      close(toggle);
    });
    menu.append(row);
  }
  const box = toggle.getBoundingClientRect();
  menu.style.left = `${box.left + scrollX}px`;
  menu.style.top = `${box.bottom + scrollY}px`;
  menu.style.minWidth = `${box.width}px`;
  document.body.append(menu);
  toggle.setAttribute("aria-controls", menu.id);
  toggle.setAttribute("aria-expanded", "true");
}

function close(toggle: HTMLElement): void {
  toggle.setAttribute("aria-expanded", "false");
  toggle.removeAttribute("aria-controls");
}
