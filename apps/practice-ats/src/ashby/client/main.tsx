import { createRoot } from "react-dom/client";

import type { JobPosting } from "../job-posting.ts";
import { PostingPage } from "./posting-page.tsx";

void draw();

/** The page is empty until its own request for the posting was answered. */
async function draw(): Promise<void> {
  const root = document.getElementById("root");
  if (root === null) return;
  const [, organization = "", jobPostingId = ""] = location.pathname.split("/");
  const query = new URLSearchParams(location.search);
  query.set("op", "ApiJobPosting");
  const answer = await fetch(`/api/non-user-graphql?${query.toString()}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      operationName: "ApiJobPosting",
      variables: { organizationHostedJobsPageName: organization, jobPostingId },
    }),
  });
  // Boundary: our own server's answer.
  const { data } = (await answer.json()) as { readonly data: { readonly jobPosting: JobPosting } };
  createRoot(root).render(<PostingPage posting={data.jobPosting} />);
}
