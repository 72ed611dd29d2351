import { type KeyboardEvent, useRef } from "react";

import type { FieldProps } from "./config.ts";

type Part = "Month" | "Day" | "Year";
const lengths: Readonly<Record<Part, number>> = { Month: 2, Day: 2, Year: 4 };

interface DateProps extends FieldProps {
  /** Employers ask for the months of a job, not for its days. */
  readonly hasDay: boolean;
}

/** One box for each part of a date. Only real keys count; a full part moves on to the next. */
export function DateParts({ domId, value, words, hasDay, onChange }: DateProps) {
  const parts: readonly Part[] = hasDay ? ["Month", "Day", "Year"] : ["Month", "Year"];
  const box = useRef<HTMLDivElement>(null);
  const isFresh = useRef(true);
  const held = splitDate(value[0] ?? "", hasDay);
  const names = { Month: words.month, Day: words.day, Year: words.year };

  const set = (part: Part, digits: string) => {
    const now = { ...held, [part]: digits };
    const day = hasDay ? [now.Day] : [];
    const all = [now.Year, now.Month, ...day];
    onChange(all.every((one) => one === "") ? [] : [all.join("-")]);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>, part: Part, index: number) => {
    if (event.key === "Backspace") {
      event.preventDefault();
      return set(part, "");
    }
    if (!/^\d$/.test(event.key)) return;
    event.preventDefault();
    const digits = `${isFresh.current ? "" : held[part]}${event.key}`.slice(0, lengths[part]);
    isFresh.current = false;
    set(part, digits);
    const next = box.current?.querySelectorAll("input")[index + 1];
    if (digits.length === lengths[part]) next?.focus();
  };
  return (
    <div data-automation-id="dateInputWrapper" className="wd-date" ref={box}>
      {parts.map((part, index) => (
        <span key={part} data-automation-id={`dateSection${part}`}>
          {index > 0 && " / "}
          <input
            type="text"
            role="spinbutton"
            id={`${domId}-dateSection${part}-input`}
            data-automation-id={`dateSection${part}-input`}
            aria-label={names[part]}
            aria-valuemin={1}
            aria-valuemax={part === "Month" ? 12 : part === "Day" ? 31 : 9999}
            aria-valuenow={held[part] === "" ? undefined : Number(held[part])}
            placeholder={part === "Month" ? "MM" : part === "Day" ? "DD" : "YYYY"}
            inputMode="numeric"
            size={lengths[part]}
            value={held[part]}
            onChange={() => {}}
            onFocus={() => {
              isFresh.current = true;
            }}
            onKeyDown={(event) => press(event, part, index)}
          />
        </span>
      ))}
      <button type="button" aria-label="Calendar" data-automation-id="dateIcon">
        ▦
      </button>
    </div>
  );
}

function splitDate(text: string, hasDay: boolean): Record<Part, string> {
  const [Year = "", Month = "", Day = ""] = text.split("-");
  return { Year, Month, Day: hasDay ? Day : "" };
}
