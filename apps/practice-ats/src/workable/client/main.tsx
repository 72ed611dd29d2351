import { createRoot } from "react-dom/client";

import type { WorkableForm } from "../workable-form.ts";
import { ApplicationPage } from "./application-page.tsx";

const root = document.getElementById("app");
const data = document.getElementById("practice-form");
if (root !== null && data !== null) {
  // Boundary: our own server wrote the form into the page.
  const form = JSON.parse(data.textContent ?? "") as WorkableForm;
  createRoot(root).render(<ApplicationPage form={form} />);
}
