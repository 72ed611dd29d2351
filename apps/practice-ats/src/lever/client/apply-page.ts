/** What jobs.lever.co does in the page: reads the résumé, suggests places, asks before it sends. */
const form = document.querySelector<HTMLFormElement>("#application-form");
if (form !== null) {
  readResume(form);
  suggestPlaces(form);
  askBeforeSending(form);
}

/** Fields that saw no `change` and no `paste` are written over with what was read, even with nothing. */
function readResume(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("#resume-upload-input");
  const touched = new Set<string>();
  for (const type of ["change", "paste"]) {
    form.addEventListener(type, ({ target }) => {
      if (target instanceof HTMLInputElement) touched.add(target.name);
    });
  }
  input?.addEventListener("change", () => void send(input));

  async function send(file: HTMLInputElement): Promise<void> {
    const chosen = file.files?.[0];
    if (chosen === undefined) return;
    show("working");
    const body = new FormData();
    body.set("resume", chosen);
    const answer = await fetch(`/parseResume${location.search}`, { method: "POST", body });
    if (!answer.ok) return show("failure");
    // Boundary: our own server's answer.
    const read = (await answer.json()) as Record<string, string>;
    for (const [name, value] of Object.entries(read)) {
      const field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      if (field !== null && !touched.has(name)) field.value = value;
    }
    show("success");
    const label = form.querySelector(".filename");
    if (label !== null) label.textContent = chosen.name;
  }

  function show(state: "working" | "success" | "failure"): void {
    for (const one of ["working", "success", "failure"]) {
      form.querySelector(`.resume-upload-${one}`)?.toggleAttribute("hidden", one !== state);
    }
  }
}

/** Looks places up half a second after a key; leaving the field without a choice clears it. */
function suggestPlaces(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("#location-input");
  const selected = form.querySelector<HTMLInputElement>("#selected-location");
  const box = form.querySelector<HTMLElement>(".dropdown-container");
  const results = form.querySelector<HTMLElement>(".dropdown-results");
  if (input === null || selected === null || box === null || results === null) return;
  let timer: ReturnType<typeof setTimeout> | undefined;

  input.addEventListener("keydown", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), 500);
  });
  input.addEventListener("input", () => void (selected.value = ""));
  input.addEventListener("blur", () => {
    box.hidden = true;
    if (selected.value === "") input.value = "";
  });

  async function look(): Promise<void> {
    if (input === null || box === null || results === null || input.value.trim() === "") return;
    const answer = await fetch(`/searchLocations?text=${encodeURIComponent(input.value)}`);
    // Boundary: our own server's answer.
    const places = (await answer.json()) as { readonly name: string; readonly id: string }[];
    box.hidden = places.length === 0;
    results.replaceChildren(...places.map((place) => option(place)));
  }

  function option(place: { readonly name: string; readonly id: string }): HTMLElement {
    const row = document.createElement("div");
    row.className = "dropdown-location";
    row.textContent = place.name;
    row.addEventListener("mousedown", (event) => {
      event.preventDefault();
      if (input === null || selected === null || box === null) return;
      input.value = place.name;
      selected.value = JSON.stringify(place);
      box.hidden = true;
    });
    return row;
  }
}

/** The button asks the captcha, which is silent for most people; only its answer sends the form. */
function askBeforeSending(form: HTMLFormElement): void {
  const challenge = form.querySelector<HTMLElement>("#challenge");
  const answer = form.querySelector<HTMLInputElement>("#challenge-answer");
  form.querySelector("#btn-submit")?.addEventListener("click", () => {
    if (challenge?.hasAttribute("data-asks") === true && answer?.value === "") {
      challenge.hidden = false;
      return;
    }
    form.querySelector<HTMLButtonElement>("#hcaptchaSubmitBtn")?.click();
  });
}
