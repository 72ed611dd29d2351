import type { QuestionProps } from "./question.tsx";

/** Yes and No are two boxes of which one goes out when the other comes on; the rest are the browser's own. */
export function ChoiceBoxes({ field, answer, onAnswer }: QuestionProps) {
  const chosen: readonly string[] = Array.isArray(answer)
    ? answer
    : typeof answer === "string"
      ? [answer]
      : [];
  if (field.kind === "yes-no") {
    return (
      <div className="choices">
        {field.choices.map(({ value, label }) => (
          <div
            key={value}
            role="checkbox"
            tabIndex={0}
            className="box"
            aria-checked={chosen.includes(value)}
            onClick={() => onAnswer(chosen.includes(value) ? "" : value)}
            onKeyDown={({ key }) => key === " " && onAnswer(value)}
          >
            <span>{label}</span>
          </div>
        ))}
      </div>
    );
  }
  const isSeveral = field.kind === "checkboxes";
  const toggle = (value: string): void => {
    if (!isSeveral) return onAnswer(value);
    onAnswer(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  };
  return (
    <div className="choices">
      {field.choices.map(({ value, label }) => (
        <label key={value}>
          <input
            type={isSeveral ? "checkbox" : "radio"}
            name={field.id}
            value={value}
            checked={chosen.includes(value)}
            onChange={() => toggle(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}
