import { createRoot } from "react-dom/client";

import type { Posting } from "../posting.ts";
import { ApplicationPage } from "./application-page.tsx";

const root = document.getElementById("root");
const data = document.getElementById("posting")?.textContent;
if (root && data) {
  // Boundary: the server wrote this element from a Posting.
  const posting = JSON.parse(data) as Posting;
  createRoot(root).render(<ApplicationPage posting={posting} />);
}

// Going back from the confirmation starts over, as a fresh visit would.
window.addEventListener("popstate", () => window.location.reload());
