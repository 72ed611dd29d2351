import type { JobPosting } from "../job-posting.ts";
import { ApplicationForm } from "./application-form.tsx";

/** The posting and its application are two tabs of one page, each with an address of its own. */
export function PostingPage({ posting }: { readonly posting: JobPosting }) {
  const base = location.pathname.replace(/\/application$/, "");
  const isApplication = location.pathname !== base;
  const applicationHref = `${base}/application${location.search}`;
  return (
    <main>
      <h1 className="ashby-job-posting-heading">{posting.title}</h1>
      <nav>
        <a href={`${base}${location.search}`}>Overview</a>{" "}
        <a id="job-application-form" href={applicationHref}>
          Application
        </a>
      </nav>
      {isApplication ? (
        <ApplicationForm posting={posting} />
      ) : (
        <section>
          <p>{posting.locationName}</p>
          <p>We build the software that moves parcels between small islands.</p>
          <a className="ashby-job-posting-apply" href={applicationHref}>
            {posting.words.apply}
          </a>
        </section>
      )}
    </main>
  );
}
