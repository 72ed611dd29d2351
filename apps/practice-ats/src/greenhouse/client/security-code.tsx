import { useRef, useState } from "react";

export const codeLength = 8;

interface SecurityCodeProps {
  readonly recipient: string;
  /** All the characters so far, in order. */
  readonly onChange: (code: string) => void;
}

/** One box per character; a typed character moves on to the next box, a pasted code fills them all. */
export function SecurityCode({ recipient, onChange }: SecurityCodeProps) {
  const boxes = useRef<HTMLFieldSetElement>(null);
  const [characters, setCharacters] = useState<readonly string[]>(() =>
    Array.from({ length: codeLength }, () => ""),
  );

  function put(index: number, text: string): void {
    const typed = text
      .trim()
      .slice(0, codeLength - index)
      .split("");
    const next = characters.map((old, at) =>
      at === index && text === "" ? "" : (typed[at - index] ?? old),
    );
    setCharacters(next);
    onChange(next.join(""));
    const target = Math.min(index + typed.length, codeLength - 1);
    boxes.current?.querySelector<HTMLInputElement>(`#security-input-${target}`)?.focus();
  }

  return (
    <fieldset id="email-verification" ref={boxes}>
      <legend className="label">Security code</legend>
      <p id="email-verification-text">
        We sent a code to {recipient}. Enter its {codeLength} characters to show that you are a
        person, and submit again.
      </p>
      {characters.map((character, index) => (
        <input
          key={`security-input-${index}`}
          id={`security-input-${index}`}
          type="text"
          autoComplete="off"
          aria-label={`Character ${index + 1} of the security code`}
          maxLength={index === 0 ? codeLength : 1}
          value={character}
          onChange={(event) => put(index, event.target.value)}
        />
      ))}
    </fieldset>
  );
}
