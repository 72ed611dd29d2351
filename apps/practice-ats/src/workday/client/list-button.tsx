import { useRef, useState } from "react";
import { createPortal } from "react-dom";

import type { FieldProps } from "./config.ts";

/** A button whose options stand at the end of the page, and stay there folded up once it is closed. */
export function ListButton({ field, domId, value, words, onChange }: FieldProps) {
  const [state, setState] = useState<"never" | "open" | "closed">("never");
  const [place, setPlace] = useState({ top: 0, left: 0, width: 0 });
  const shown = value[0] ?? words.selectOne;
  const isQuestion = field.id.startsWith("question_");
  const closing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const open = (button: HTMLElement) => {
    const { bottom, left, width } = button.getBoundingClientRect();
    clearTimeout(closing.current);
    setPlace({ top: bottom, left, width });
    setState("open");
  };
  const name = isQuestion ? "" : `${field.label} `;
  return (
    <div>
      <button
        type="button"
        id={domId}
        aria-haspopup="listbox"
        aria-expanded={state === "open"}
        aria-label={`${name}${shown}${field.required ? ` ${words.required}` : ""}`}
        value={value[0] ?? ""}
        onClick={({ currentTarget }) =>
          state === "open" ? setState("closed") : open(currentTarget)
        }
        onBlur={() => {
          closing.current = setTimeout(
            () => setState((now) => (now === "open" ? "closed" : now)),
            200,
          );
        }}
      >
        {shown}
      </button>
      <input type="text" className="css-twin" tabIndex={-1} value={value[0] ?? ""} readOnly />
      {state !== "never" &&
        createPortal(
          <div
            className={state === "open" ? "wd-popup" : "wd-popup wd-folded"}
            style={state === "open" ? place : {}}
          >
            <ul role="listbox" data-automation-id="activeListContainer">
              {[words.selectOne, ...field.choices.map(({ label }) => label)].map((label, index) => (
                <li
                  key={label}
                  role="option"
                  tabIndex={-1}
                  aria-selected={label === shown}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => {
                    onChange(index === 0 ? [] : [label]);
                    setState("closed");
                  }}
                >
                  {label}
                </li>
              ))}
            </ul>
          </div>,
          document.body,
        )}
    </div>
  );
}
