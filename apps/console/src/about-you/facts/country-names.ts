let named: readonly (readonly [string, string])[] | undefined;

/** Every country by its code, in the order of their English names. */
export function countryNames(): readonly (readonly [string, string])[] {
  named ??= listCountries();
  return named;
}

function listCountries(): readonly (readonly [string, string])[] {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(65 + index));
  // Two letters that stand for a union, for no place, or for one that has another code.
  const others = new Set([
    ..."EU EZ UN XA XB ZZ QO AN BU CS DD FX NT SU TP YD YU ZR".split(" "),
    "UK",
  ]);
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const name = others.has(code) ? undefined : names.of(code);
      return name === undefined ? [] : [[code, name] as const];
    })
    .toSorted(([, one], [, other]) => one.localeCompare(other, "en"));
}
