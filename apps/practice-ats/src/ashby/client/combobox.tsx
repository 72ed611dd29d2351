import { type KeyboardEvent, useId, useState } from "react";
import { createPortal } from "react-dom";

interface ComboboxProps {
  readonly options: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Told what is typed, where the options come from elsewhere. */
  readonly onSearch?: (text: string) => void;
}

/** No id, no name and no label of its own. What is typed and not chosen is gone on leaving. */
export function Combobox({ options, value, onChange, onSearch }: ComboboxProps) {
  const listId = useId();
  const [typed, setTyped] = useState<string>();
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [place, setPlace] = useState({ top: 0, left: 0 });
  const wanted = (typed ?? "").trim().toLowerCase();
  const shown =
    onSearch === undefined
      ? options.filter((option) => option.toLowerCase().includes(wanted))
      : options;

  function open(input: HTMLInputElement): void {
    const { bottom, left } = input.getBoundingClientRect();
    setPlace({ top: bottom + window.scrollY, left: left + window.scrollX });
    setIsOpen(true);
  }

  function take(option: string): void {
    onChange(option);
    setTyped(undefined);
    setIsOpen(false);
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === "ArrowDown") {
      setActive(Math.min(active + 1, shown.length - 1));
      open(event.currentTarget);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = shown[active];
      if (isOpen && option !== undefined) take(option);
    } else if (event.key === "Escape") {
      setIsOpen(false);
    }
  }

  return (
    <div className="_inputContainer_v5ami_28">
      <input
        type="text"
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        placeholder="Start typing..."
        value={typed ?? value}
        onMouseDown={({ currentTarget }) => open(currentTarget)}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setActive(0);
          open(currentTarget);
          if (currentTarget.value === "") onChange("");
          onSearch?.(currentTarget.value);
        }}
        onKeyDown={handleKey}
        onBlur={() => {
          setTyped(undefined);
          setIsOpen(false);
        }}
      />
      {isOpen &&
        shown.length > 0 &&
        createPortal(
          <div id={listId} role="listbox" style={place}>
            {shown.map((option, index) => (
              <div
                key={option}
                role="option"
                aria-selected={index === active}
                onMouseDown={(event) => {
                  event.preventDefault();
                  take(option);
                }}
              >
                {option}
              </div>
            ))}
          </div>,
          document.body,
        )}
    </div>
  );
}
