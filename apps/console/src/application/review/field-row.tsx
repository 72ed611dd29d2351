import type { FieldValue, ShownField } from "@valet/contracts";
import { memo, useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { reviewStrings } from "../../strings/application-strings.ts";
import { canEdit, sureFrom } from "./review-changes.ts";
import { ValueInput } from "./value-input.tsx";
import { fieldWords, valueWords } from "./value-words.ts";

interface FieldRowInput {
  readonly field: ShownField;
  /** Undefined where the person leaves it as it is. */
  readonly change?: FieldValue | undefined;
  /** What it held when the person looked first; undefined where that is so still. */
  readonly before?: FieldValue | null | undefined;
  readonly isNew?: boolean;
  readonly problem?: string | undefined;
  /** Undefined where nothing can be changed any more. */
  readonly onChange?: ((field: ShownField, value: FieldValue) => void) | undefined;
}

/** One field: what it will carry, where that comes from, how sure that is, and why it is empty where it is. */
export const FieldRow = memo(function FieldRow(input: FieldRowInput) {
  const { field, change, problem, onChange, before, isNew = false } = input;
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const inputs = ["input:checked", "input, textarea"].map((kind) =>
      place.current?.querySelector<HTMLElement>(kind),
    );
    inputs.find((input) => input instanceof HTMLElement)?.focus();
  }, [isOpen]);
  const isEditing = (isOpen || problem !== undefined) && onChange !== undefined;
  const isChanged = change !== undefined;
  const words = isChanged ? valueWords(change) : fieldWords(field);
  return (
    <li className="field" data-changed={isChanged || undefined}>
      <div className="field-label">
        <bdi>{field.label}</bdi>
        {field.required && <span className="field-required">{reviewStrings.required}</span>}
        {!field.visible && <span className="faint small">{reviewStrings.hidden}</span>}
      </div>
      <div className="field-value" ref={place}>
        {isEditing ? (
          <ValueInput
            label={field.label}
            field={field}
            value={change ?? field.value ?? ""}
            problem={problem}
            onChange={(value) => onChange(field, value)}
          />
        ) : (
          <Words text={words} />
        )}
        {isChanged && (
          <p className="field-before small">
            {reviewStrings.before} <del>{fieldWords(field) || reviewStrings.empty}</del>
          </p>
        )}
        {before !== undefined && (
          <p className="field-before small">{reviewStrings.whenYouLooked(valueWords(before))}</p>
        )}
        {isNew && <p className="field-before small">{reviewStrings.isNew}</p>}
        {words === "" && !isEditing && field.why !== null && (
          <p className="faint small">{reviewStrings.leftOut(field.why)}</p>
        )}
      </div>
      <div className="field-source">
        <Source field={field} isChanged={isChanged} isEmpty={words === ""} />
      </div>
      <div className="field-acts">
        {onChange !== undefined && canEdit(field) && (
          <>
            <Button
              className="quiet small"
              aria-expanded={isEditing}
              aria-label={
                isEditing ? reviewStrings.closeOf(field.label) : reviewStrings.editOf(field.label)
              }
              onPress={() => setOpen(!isEditing)}
            >
              {isEditing ? reviewStrings.close : reviewStrings.edit}
            </Button>
            {isChanged && (
              <Button
                className="quiet small"
                aria-label={reviewStrings.undoOf(field.label)}
                onPress={() => {
                  onChange(field, field.value ?? "");
                  setOpen(false);
                }}
              >
                {reviewStrings.undo}
              </Button>
            )}
          </>
        )}
      </div>
    </li>
  );
});

interface SourceInput {
  readonly field: ShownField;
  readonly isChanged: boolean;
  readonly isEmpty: boolean;
}

function Source({ field, isChanged, isEmpty }: SourceInput) {
  if (isChanged) return <span className="source">{reviewStrings.sources.person}</span>;
  if (isEmpty || field.source === null) return null;
  const { source, confidence, why } = field;
  const isUnsure = confidence < sureFrom;
  return (
    <>
      <span className="source" data-source={source} title={why ?? undefined}>
        {reviewStrings.sources[source]}
      </span>
      {confidence < 1 && (
        <span className="small faint numbers" data-unsure={isUnsure || undefined}>
          {reviewStrings.sure(Math.floor(confidence * 100), isUnsure)}
        </span>
      )}
    </>
  );
}

const longWords = 600;

/** All of it can be read: what is approved is never cut off for good. */
function Words({ text }: { readonly text: string }) {
  const [isAll, setAll] = useState(false);
  if (text === "") return <span className="faint">{reviewStrings.empty}</span>;
  const isCut = !isAll && text.length > longWords;
  return (
    <>
      <span className="field-words" dir="auto">
        {isCut ? `${text.slice(0, longWords)} …` : text}
      </span>
      {text.length > longWords && (
        <Button className="quiet small" onPress={() => setAll(!isAll)}>
          {isAll ? reviewStrings.less : reviewStrings.more(text.length)}
        </Button>
      )}
    </>
  );
}
