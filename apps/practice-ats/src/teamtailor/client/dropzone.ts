/** The place for the file is drawn some time after the rest of the form. */
for (const zone of document.querySelectorAll<HTMLElement>(".dropzone")) {
  setTimeout(() => {
    const hint = document.createElement("span");
    hint.textContent = "Upload a file or drag and drop here";
    const input = document.createElement("input");
    input.type = "file";
    input.id = "candidate_resume";
    input.name = "candidate[resume]";
    const label = document.createElement("label");
    label.htmlFor = input.id;
    label.textContent = document.documentElement.lang === "de" ? "Lebenslauf" : "CV";
    input.addEventListener("change", () => {
      hint.textContent = input.files?.[0]?.name ?? "";
    });
    zone.append(label, hint, input);
  }, Number(zone.dataset["late"]));
}
