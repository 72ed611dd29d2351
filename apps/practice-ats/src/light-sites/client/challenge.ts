const box = document.querySelector<HTMLElement>(".challenge");
const token = box?.querySelector("textarea");
const answer = box?.querySelector("input");
answer?.addEventListener("input", () => {
  if (token) token.value = answer.value;
});
// A late one comes with the click, which then sends nothing.
box?.closest("form")?.addEventListener("submit", (event) => {
  if (box.dataset["late"] === undefined || token?.value !== "") return;
  event.preventDefault();
  box.hidden = false;
});
