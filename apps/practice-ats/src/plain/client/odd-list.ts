/** A list as somebody once wrote it for a mouse: its entries lie at the end of the page and take the press alone. */
for (const field of document.querySelectorAll<HTMLElement>("[data-odd]")) {
  const box = field.querySelector<HTMLElement>(".odd");
  const hidden = field.querySelector<HTMLInputElement>("input[type=hidden]");
  if (box === null || hidden === null) continue;
  box.style.cssText =
    "border:1px solid #8d98a7;border-radius:5px;padding:.55rem .7rem;cursor:pointer;background:#e7f0fa";
  const layer = document.createElement("div");
  layer.style.cssText = "position:absolute;background:#fff;border:1px solid #8d98a7";
  for (const text of (field.dataset["odd"] ?? "").split("|")) {
    const entry = document.createElement("span");
    entry.textContent = text;
    entry.style.cssText = "display:block;padding:.4rem .7rem;cursor:pointer;background:#fff6db";
    entry.addEventListener("mousedown", (event) => {
      event.stopPropagation();
      box.textContent = text;
      hidden.value = text;
      layer.remove();
    });
    layer.append(entry);
  }
  box.addEventListener("mousedown", (event) => {
    event.stopPropagation();
    const { left, bottom, width } = box.getBoundingClientRect();
    Object.assign(layer.style, {
      left: `${left + scrollX}px`,
      top: `${bottom + scrollY}px`,
      width: `${width}px`,
    });
    document.body.append(layer);
  });
  document.addEventListener("mousedown", () => layer.remove());
}
