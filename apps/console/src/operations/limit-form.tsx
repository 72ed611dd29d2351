import { useId, useState } from "react";
import { Form } from "react-aria-components";
import { operationsStrings } from "../strings/operations-strings.ts";
import { ActButton } from "../ui/act-button.tsx";
import { limitWords } from "./limit-words.ts";
import { type LimitPath, parseLimit } from "./limit-paths.ts";

const { limits: l } = operationsStrings;

interface LimitFormInput {
  readonly paths: readonly LimitPath[];
  readonly isBusy: boolean;
  readonly onSet: (path: LimitPath, value: number) => void;
}

/** Which limit, of whom where it is one's own, and how much. */
export function LimitForm({ paths, isBusy, onSet }: LimitFormInput) {
  const id = useId();
  const [chosen, setChosen] = useState(0);
  const [name, setName] = useState("");
  const [typed, setTyped] = useState("");
  const [isWrong, setWrong] = useState(false);
  const path = paths[chosen] ?? [];
  const isNamed = path.includes("");
  return (
    <Form
      className="limit-form"
      onSubmit={(event) => {
        event.preventDefault();
        const value = parseLimit(path, typed);
        const whose = name.trim().toLowerCase();
        setWrong(value === undefined || (isNamed && whose === ""));
        if (value === undefined || (isNamed && whose === "")) return;
        onSet(
          path.map((part) => (part === "" ? whose : part)),
          value,
        );
        setTyped("");
      }}
    >
      <div className="limit-field">
        <label htmlFor={`${id}-what`}>{l.what}</label>
        <select
          id={`${id}-what`}
          className="field-input"
          value={chosen}
          onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
        >
          {paths.map((one, at) => (
            <option key={one.join(".")} value={at}>
              {limitWords(one)}
            </option>
          ))}
        </select>
      </div>
      {isNamed && (
        <div className="limit-field">
          <label htmlFor={`${id}-name`}>{l.name}</label>
          <input
            id={`${id}-name`}
            className="field-input"
            placeholder={l.nameHint}
            spellCheck="false"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        </div>
      )}
      <div className="limit-field limit-value">
        <label htmlFor={`${id}-value`}>{l.value}</label>
        <input
          id={`${id}-value`}
          className="field-input"
          inputMode="decimal"
          autoComplete="off"
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </div>
      <ActButton type="submit" isBusy={isBusy}>
        {l.apply}
      </ActButton>
      {isWrong && (
        <p id={`${id}-wrong`} className="limit-wrong small" role="alert">
          {isNamed && name.trim() === "" ? l.nameMissing : l.noSuch}
        </p>
      )}
    </Form>
  );
}
