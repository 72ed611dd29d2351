import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

import type { FormField } from "../../form-field.ts";
import { rowFieldId } from "../workday-form.ts";
import { AccountPage, FilteredButton } from "./account-page.tsx";
import type { FlowConfig } from "./config.ts";
import { domIdOf } from "./dom-ids.ts";
import { FieldBox } from "./field-box.tsx";
import { Rows } from "./rows.tsx";
import { Upload } from "./upload.tsx";
import {
  type Application,
  sendApplication,
  uploadFile,
  useApplication,
} from "./use-application.ts";

const markers = {
  info: "applyFlowMyInfoPage",
  experience: "applyFlowMyExpPage",
  questions: "applyFlowPrimaryQuestionsPage",
  disclosures: "applyFlowVoluntaryDisclosuresPage",
  selfIdentify: "applyFlowSelfIdentifyPage",
  review: "applyFlowReviewPage",
} as const;
const loadingMs = 300;
const mountingMs = 1_000;

type Ending = "stored" | "already-applied" | "soft-error";

function ApplyFlow({ config }: { readonly config: FlowConfig }) {
  const { steps, words } = config;
  const application = useApplication(config);
  const [index, setIndex] = useState(0);
  const [ending, setEnding] = useState<Ending>();
  const [refusal, setRefusal] = useState("");
  const step = steps[index];
  if (config.needsAccount) return <AccountPage />;
  if (ending !== undefined) return <End ending={ending} words={words} />;
  if (step === undefined) return null;

  const goOn = () => {
    if (!application.isComplete(index)) return;
    const isReviewNext = steps[index + 1]?.name === "review";
    // What the résumé's reader found comes back once more.
    if (isReviewNext && config.revertsDates) {
      application.set(rowFieldId("workExperience", 0, "startDate"), ["2018-01"]);
    }
    setIndex(index + 1);
  };
  const send = async () => {
    const { result, message } = await sendApplication(config, application);
    if (result === "stored" || result === "already-applied" || result === "soft-error") {
      return setEnding(result);
    }
    setRefusal(message ?? "");
  };
  return (
    <div>
      <ol data-automation-id="progressBar">
        {steps.map(({ name }, at) => (
          <li
            key={name}
            data-automation-id={at === index ? "progressBarActiveStep" : "progressBarInactiveStep"}
          >
            <span className="wd-spoken">
              {at === index ? "current step" : "step"} {at + 1} of {steps.length}
            </span>{" "}
            {words[name]}
          </li>
        ))}
      </ol>
      {refusal !== "" && (
        <div role="alert" data-automation-id="errorMessage" className="wd-error">
          {refusal}
        </div>
      )}
      <Step key={step.name} config={config} application={application} index={index} />
      <div data-automation-id="pageFooter" className="wd-footer">
        {step.name === "review" ? (
          <FilteredButton
            words={words.submit}
            mark="pageFooterNextButton"
            onPress={() => void send()}
          />
        ) : (
          <button type="button" data-automation-id="pageFooterNextButton" onClick={goOn}>
            {words.goOn}
          </button>
        )}
      </div>
    </div>
  );
}

interface StepProps {
  readonly config: FlowConfig;
  readonly application: Application;
  readonly index: number;
}

/** A step is nothing at first, then one field, and all of its fields a second later. */
function Step({ config, application, index }: StepProps) {
  const { steps, words } = config;
  const [mounted, setMounted] = useState<"loading" | "first" | "all">("loading");
  useEffect(() => {
    const first = setTimeout(() => setMounted("first"), loadingMs);
    const all = setTimeout(() => setMounted("all"), loadingMs + mountingMs);
    return () => {
      clearTimeout(first);
      clearTimeout(all);
    };
  }, []);
  const step = steps[index];
  if (step === undefined || mounted === "loading") return <div className="wd-loading" />;
  const shown = mounted === "all" ? step.fields : step.fields.slice(0, 1);
  const draw = (field: FormField, domId: string) =>
    field.kind === "file" ? (
      <div key={field.id}>
        <h3>{field.label}</h3>
        <Upload
          field={field}
          file={application.file}
          upload={(file) => uploadFile(config, file)}
          onFile={application.setFile}
        />
      </div>
    ) : (
      <FieldBox
        key={field.id}
        field={field}
        domId={domId}
        value={application.entered[field.id] ?? []}
        words={words}
        error={application.errors[field.id]}
        sourceTree={config.hasTwoLevelSource ? config.sourceTree : undefined}
        onChange={(value) => application.set(field.id, value)}
        onBlur={() => application.recheck(field)}
      />
    );
  return (
    <div data-automation-id={markers[step.name]}>
      <h2>{words[step.name]}</h2>
      {step.name === "experience" &&
        mounted === "all" &&
        config.rowLists.map((list) => (
          <Rows
            key={list.name}
            list={list}
            title={words[titles[list.name]]}
            words={words}
            rows={Array.from({ length: application.counts[list.name] }, (_, row) => row)}
            onAdd={() => application.addRow(list.name)}
            drawField={(field, row, domId) =>
              draw({ ...field, id: rowFieldId(list.name, row, field.id) }, domId)
            }
          />
        ))}
      {shown.map((field) => draw(field, domIdOf(field.id)))}
      {step.name === "review" && <Summary config={config} application={application} />}
    </div>
  );
}

const titles = { workExperience: "work", education: "education", webAddress: "websites" } as const;

/** Everything that will be sent, as words. */
function Summary({ config, application }: Omit<StepProps, "index">) {
  const fields = config.steps.flatMap((_, at) => application.fieldsOf(at));
  return (
    <dl>
      {fields.map(({ id, kind, label }) => (
        <div key={id} data-automation-id={`review-${id}`}>
          <dt>{label}</dt>
          <dd>
            {kind === "file"
              ? application.file?.name
              : (application.entered[id] ?? []).map((text) => asShown(kind, text)).join(", ")}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function asShown(kind: FormField["kind"], text: string): string {
  if (kind !== "date") return text;
  const [year = "", ...rest] = text.split("-");
  return [...rest, year].join("/");
}

interface EndProps {
  readonly ending: Ending;
  readonly words: FlowConfig["words"];
}

function End({ ending, words }: EndProps) {
  if (ending === "stored") {
    return (
      <div data-automation-id="applicationSubmittedPage">
        <h2>{words.submitted}</h2>
        <p>{words.received}</p>
      </div>
    );
  }
  const isKnown = ending === "already-applied";
  return (
    <div data-automation-id={isKnown ? "alreadyAppliedPage" : "errorPage"}>
      <h2>{isKnown ? words.alreadyApplied : words.softError}</h2>
    </div>
  );
}

const place = document.querySelector("#apply-flow");
const written = document.querySelector("#flow-config")?.textContent;
if (place !== null && written !== undefined && written !== null) {
  // Boundary: our own server wrote it.
  createRoot(place).render(<ApplyFlow config={JSON.parse(written) as FlowConfig} />);
}
