import { useState } from "react";

interface DateInputProps {
  /** `YYYY-MM-DD`, or empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** No id and no name. Only Tab takes what was typed; a bare year is its first of January. */
export function DateInput({ value, onChange }: DateInputProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <div className="react-datepicker__input-container">
      <input
        type="text"
        placeholder="Pick date..."
        autoComplete="off"
        value={typed ?? shownDay(value)}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={({ key }) => {
          if (key !== "Tab" || typed === undefined) return;
          onChange(dayOf(typed) ?? value);
          setTyped(undefined);
        }}
        onBlur={() => setTyped(undefined)}
      />
    </div>
  );
}

function shownDay(iso: string): string {
  const [year, month, day] = iso.split("-");
  return year === undefined || month === undefined ? "" : `${month}/${day ?? "01"}/${year}`;
}

function dayOf(text: string): string | undefined {
  if (/^\d{4}$/.test(text.trim())) return `${text.trim()}-01-01`;
  const [, month = "", day = "", year = ""] =
    /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim()) ?? [];
  if (year === "" || Number(month) > 12 || Number(day) > 31) return undefined;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
