import type { TaskMode } from "@valet/contracts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button, Checkbox, Form, Label, Radio, RadioGroup } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { createDrafts } from "../app/drafts.ts";
import { useDraft } from "../app/use-draft.ts";
import { newStrings } from "../strings/new-strings.ts";
import { ActButton } from "../ui/act-button.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import "../ui/check.css";
import "./new.css";
import { PreviewCard } from "./preview-card.tsx";
import { parseJobUrls } from "./parse-job-urls.ts";
import { ResumeChoice } from "./resume-choice.tsx";
import { resumesQuery } from "./resumes-query.ts";

/** As many as are looked at beforehand: each is a request to a site. */
const mostPreviews = 5;

interface Wanted {
  readonly text: string;
  readonly chosen: string | undefined;
  readonly mode: TaskMode;
  readonly rehearsal: boolean;
}

const nothingWanted: Wanted = { text: "", chosen: undefined, mode: "copilot", rehearsal: false };
const wantedDrafts = createDrafts<Wanted>();

/** Addresses, a résumé, and how: what will be asked can be seen before anything is started. */
export function NewPage() {
  const { client } = useConsole();
  const navigate = useNavigate();
  const draft = useDraft({ drafts: wantedDrafts, key: "new", saved: nothingWanted });
  const { text, chosen, mode, rehearsal } = draft.value;
  const want = (now: Partial<Wanted>) => draft.change((before) => ({ ...before, ...now }));
  const [looked, setLooked] = useState<readonly string[]>([]);
  // One for what stands here now: pressed twice it is started once.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const { data: resumes = [] } = useQuery(resumesQuery(client));
  const resumeId = chosen ?? resumes[0]?.id;
  const { urls, wrong, isTooMany } = parseJobUrls(text);
  const start = useMutation({
    mutationFn: async () => {
      const [jobUrl, ...more] = urls;
      if (jobUrl === undefined || resumeId === undefined) return;
      const how = { resumeId, mode, rehearsal };
      if (more.length === 0) {
        const { id } = await client.createTask({ jobUrl, ...how }, { idempotencyKey: key });
        draft.forget();
        await navigate({ to: "/applications/$id", params: { id } });
        return;
      }
      const batch = await client.createBatch(
        { jobUrls: [...urls], ...how },
        { idempotencyKey: key },
      );
      draft.forget();
      await navigate({ to: "/batch/$id", params: { id: batch.id } });
    },
    // What was refused may be asked for again after a change elsewhere, as something new.
    onError: () => setKey(crypto.randomUUID()),
  });
  const isReady = urls.length > 0 && !isTooMany && resumeId !== undefined;
  return (
    <div className="new">
      <h1>{newStrings.title}</h1>
      <Form
        className="card panel"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) start.mutate();
        }}
      >
        <div className="new-urls">
          <label htmlFor="job-urls" className="new-label">
            {newStrings.urls}
          </label>
          <textarea
            id="job-urls"
            className="field-input"
            rows={Math.min(10, Math.max(2, urls.length + 1))}
            spellCheck="false"
            value={text}
            onChange={({ currentTarget }) => {
              want({ text: currentTarget.value });
              setKey(crypto.randomUUID());
            }}
          />
          <p className="small faint" aria-live="polite">
            {isTooMany ? newStrings.tooMany : newStrings.count(urls.length)}
          </p>
          {wrong.length > 0 && (
            <p className="small new-wrong">
              {newStrings.wrong} <bdi>{wrong.slice(0, 3).join(", ")}</bdi>
            </p>
          )}
        </div>
        <ResumeChoice resumes={resumes} chosen={resumeId} onChoose={(id) => want({ chosen: id })} />
        <RadioGroup
          value={mode}
          onChange={(value) => want({ mode: value === "autopilot" ? value : "copilot" })}
        >
          <Label>{newStrings.mode}</Label>
          {(["copilot", "autopilot"] as const).map((name) => (
            <Radio key={name} value={name} className="check">
              <span className="check-box round" aria-hidden="true" />
              <span>
                {name} <span className="faint">{newStrings.modes[name]}</span>
              </span>
            </Radio>
          ))}
        </RadioGroup>
        <Checkbox
          className="check"
          isSelected={rehearsal}
          onChange={(isOn) => want({ rehearsal: isOn })}
        >
          <span className="check-box" aria-hidden="true" />
          <span>
            {newStrings.rehearsal} <span className="faint">{newStrings.rehearsalMeans}</span>
          </span>
        </Checkbox>
        {start.error !== null && <ProblemNotice error={start.error} />}
        <div className="new-acts">
          <Button
            isDisabled={urls.length === 0}
            onPress={() => setLooked(urls.slice(0, mostPreviews))}
          >
            {newStrings.look}
          </Button>
          <ActButton
            type="submit"
            className="primary"
            isDisabled={!isReady}
            isBusy={start.isPending}
          >
            {newStrings.start(urls.length)}
          </ActButton>
        </div>
      </Form>
      <div className="new-previews" aria-live="polite">
        {looked
          .filter((url) => urls.includes(url))
          .map((url) => (
            <PreviewCard key={url} jobUrl={url} />
          ))}
      </div>
    </div>
  );
}
