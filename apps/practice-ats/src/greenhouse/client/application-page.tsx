import { useState } from "react";

import type { Posting } from "../posting.ts";
import { ApplicationForm } from "./application-form.tsx";

/** The three things this page can show: the posting with its form, the confirmation, a refusal. */
type View =
  | { readonly kind: "form" }
  | { readonly kind: "confirmed"; readonly applicationId: string }
  | { readonly kind: "refused"; readonly message: string };

export function ApplicationPage({ posting }: { readonly posting: Posting }) {
  const [view, setView] = useState<View>(() => initialView(posting));

  if (view.kind === "confirmed") {
    return (
      <main className="main confirmation">
        <h1 className="section-header">{posting.words.thanks}</h1>
        <p>{posting.words.received}</p>
        <p>
          Application id: <strong id="application-id">{view.applicationId}</strong>
        </p>
      </main>
    );
  }
  if (view.kind === "refused") {
    return (
      <main className="main">
        <h1 className="section-header">{posting.title}</h1>
        <p role="alert">{view.message}.</p>
      </main>
    );
  }
  return (
    <main className="main">
      <PostingText posting={posting} />
      <ApplicationForm
        posting={posting}
        onAccepted={(applicationId) => {
          window.history.pushState({ applicationId }, "", posting.confirmationPath);
          setView({ kind: "confirmed", applicationId });
          window.scrollTo(0, 0);
        }}
        onRefused={(message) => setView({ kind: "refused", message })}
      />
    </main>
  );
}

/** The confirmation address alone proves nothing: without the id of an application it is the form. */
function initialView(posting: Posting): View {
  if (!window.location.pathname.endsWith("/confirmation")) return { kind: "form" };
  const state: unknown = window.history.state;
  if (
    typeof state === "object" &&
    state !== null &&
    "applicationId" in state &&
    typeof state.applicationId === "string"
  ) {
    return { kind: "confirmed", applicationId: state.applicationId };
  }
  window.history.replaceState(null, "", posting.path);
  return { kind: "form" };
}

function PostingText({ posting }: { readonly posting: Posting }) {
  return (
    <>
      <p className="company">{posting.company}</p>
      <h1 className="section-header">{posting.title}</h1>
      <p className="location">{posting.location}</p>
      <div className="job-description">
        <p>
          We build the software that moves parcels between small islands. You will work in a team of
          five on the services that plan each day’s routes: designing them, writing them, running
          them, and taking part in a calm on-call rota.
        </p>
        <p>
          We look for somebody who writes clear code, says early when something is going wrong, and
          enjoys finding the small change that makes the large one unnecessary.
        </p>
      </div>
    </>
  );
}
