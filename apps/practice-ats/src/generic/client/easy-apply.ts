/** The button sends what the site already knows of its visitor, and asks nothing. */
document.querySelector("#easy-apply")?.addEventListener("click", () => {
  const target = document.querySelector<HTMLElement>("#easy-apply")?.dataset["target"] ?? "";
  void fetch(target, { method: "POST" });
});
