import { numberRange } from "../answer/number-range.ts";
import { currencyIn, periodIn } from "./money-words.ts";

/**
 * The band that holds a stored amount such as "90000 USD per year". Currency and period must not
 * contradict; an amount on the border of two bands is in neither.
 */
export function chooseBand({
  options,
  wanted,
  label,
}: {
  readonly options: readonly string[];
  readonly wanted: string;
  readonly label: string;
}): string | undefined {
  const amount = Number(/\d[\d,]*(\.\d+)?/u.exec(wanted)?.[0]?.replaceAll(",", ""));
  if (Number.isNaN(amount)) return undefined;
  const fitting = options.filter((option) => {
    const around = `${label} ${option}`;
    return (
      numberRange(option)?.holds(amount) === true &&
      agree(currencyIn(around), currencyIn(wanted)) &&
      agree(periodIn(around), periodIn(wanted))
    );
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

function agree(asked: string | undefined, stored: string | undefined): boolean {
  return asked === undefined || asked === stored;
}
