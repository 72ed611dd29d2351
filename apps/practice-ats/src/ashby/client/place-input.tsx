import { useEffect, useRef, useState } from "react";

import { Combobox } from "./combobox.tsx";
import { type FormState, textOf } from "./form-values.ts";

const searchDelayMs = 250;

/** Places come from the server a moment after the last key. */
export function PlaceInput({ path, state }: { readonly path: string; readonly state: FormState }) {
  const [places, setPlaces] = useState<readonly string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function look(text: string): Promise<void> {
    const answer = await fetch(`/api/practice-places?text=${encodeURIComponent(text)}`);
    // Boundary: our own server's answer.
    setPlaces((await answer.json()) as string[]);
  }

  return (
    <Combobox
      options={places}
      value={textOf(state.values, path)}
      onChange={(value) => {
        state.onChange(path, value);
        state.onChange(`${path}_place`, value === "" ? "" : `place-${places.indexOf(value)}`);
      }}
      onSearch={(text) => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void look(text), searchDelayMs);
      }}
    />
  );
}
