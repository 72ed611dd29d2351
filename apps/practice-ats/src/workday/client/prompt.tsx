import { type KeyboardEvent, useRef, useState } from "react";
import { createPortal } from "react-dom";

import type { FieldProps } from "./config.ts";

interface PromptProps extends FieldProps {
  /** Groups to go down into; without them the list is flat. */
  readonly tree: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A search box over a list in the body; what is chosen becomes a pill. Only Enter searches. */
export function Prompt({ field, domId, value, words, tree, onChange }: PromptProps) {
  const [isOpen, setOpen] = useState(false);
  const [group, setGroup] = useState<string>();
  const [text, setText] = useState("");
  const [found, setFound] = useState<readonly string[]>();
  const [place, setPlace] = useState({ top: 0, left: 0, width: 0 });
  const leaves = field.choices.map(({ label }) => label);
  const top = tree === undefined ? leaves : Object.keys(tree);
  const listed = found ?? (group === undefined ? top : (tree?.[group] ?? []));

  const closing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const open = (input: HTMLElement) => {
    const { bottom, left, width } = input.getBoundingClientRect();
    clearTimeout(closing.current);
    setPlace({ top: bottom, left, width });
    setOpen(true);
  };
  const choose = (label: string) => {
    if (tree?.[label] !== undefined && found === undefined) return setGroup(label);
    onChange([label]);
    setOpen(false);
    setGroup(undefined);
    setFound(undefined);
    setText("");
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") setOpen(false);
    if (event.key !== "Enter" || text.trim() === "") return;
    event.preventDefault();
    const wanted = text.trim().toLowerCase();
    const hits = leaves.filter((leaf) => leaf.toLowerCase().includes(wanted));
    const [only] = hits;
    // A single hit is taken at once.
    if (hits.length === 1 && only !== undefined) choose(only);
    else setTimeout(() => setFound(hits), 250);
  };
  return (
    <div data-automation-id="multiSelectContainer" data-uxi-widget-type="multiselect">
      <div data-automation-id="multiselectInputContainer" className="wd-prompt">
        <ul data-automation-id="selectedItemList" role="listbox" aria-label={words.selectOne}>
          {value.map((one) => (
            <li key={one} data-automation-id="selectedItem" role="presentation">
              <div data-automation-id="promptOption" role="option" aria-selected="true">
                {one}
              </div>
              <div
                role="button"
                aria-label={`Remove ${one}`}
                data-automation-id="DELETE_charm"
                onClick={() => onChange([])}
              >
                ×
              </div>
            </li>
          ))}
        </ul>
        <input
          id={domId}
          type="text"
          placeholder="Search"
          autoComplete="off"
          data-automation-id="searchBox"
          data-uxi-widget-type="selectinput"
          aria-required={field.required}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onFocus={({ currentTarget }) => open(currentTarget)}
          onClick={({ currentTarget }) => open(currentTarget)}
          onKeyDown={press}
          onBlur={() => {
            setText("");
            closing.current = setTimeout(() => setOpen(false), 200);
          }}
        />
      </div>
      {isOpen &&
        createPortal(
          <div
            className="wd-popup"
            style={place}
            role="listbox"
            data-automation-id="activeListContainer"
            onMouseDown={(event) => event.preventDefault()}
          >
            {group !== undefined && (
              <div data-automation-id="promptTitle" onClick={() => setGroup(undefined)}>
                {group}
              </div>
            )}
            {listed.map((label) => (
              <div
                key={label}
                role="option"
                aria-selected={value.includes(label)}
                data-automation-id={tree?.[label] === undefined ? "promptLeafNode" : "promptNode"}
                onClick={() => choose(label)}
              >
                <div data-automation-id="promptOption">{label}</div>
              </div>
            ))}
          </div>,
          document.body,
        )}
    </div>
  );
}
