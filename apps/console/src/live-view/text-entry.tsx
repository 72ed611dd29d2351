import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Button, Form } from "react-aria-components";
import { liveStrings } from "../strings/live-strings.ts";
import { ActButton } from "../ui/act-button.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import type { LiveScreen } from "./create-live-screen.ts";

interface TextEntryInput {
  readonly screen: LiveScreen;
  readonly hasClipboard: boolean;
}

/** Text that the picture's keyboard cannot give: what was copied elsewhere, other alphabets, a phone's keyboard. */
export function TextEntry({ screen, hasClipboard }: TextEntryInput) {
  const [text, setText] = useState("");
  const id = useId();
  const type = useMutation({
    mutationFn: () => screen.typeText(text),
    onSuccess: () => setText(""),
  });
  return (
    <Form
      className="live-text"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== "" && !type.isPending) type.mutate();
      }}
    >
      <label htmlFor={id} className="small faint">
        {liveStrings.text}
      </label>
      <div className="live-row">
        <textarea
          id={id}
          className="field-input"
          rows={1}
          autoComplete="off"
          spellCheck="false"
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <ActButton type="submit" isBusy={type.isPending}>
          {liveStrings.typeIt}
        </ActButton>
        {hasClipboard && (
          <Button
            onPress={() => {
              screen.putOnClipboard(text);
              setText("");
              screen.focus();
            }}
          >
            {liveStrings.clipboard}
          </Button>
        )}
      </div>
      {type.error !== null && <ProblemNotice error={type.error} />}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset would be a frame */}
      <div className="live-row" role="group" aria-label={liveStrings.keys}>
        {Object.entries(liveStrings.keyNames).map(([keysym, name]) => (
          <Button key={keysym} onPress={() => screen.pressKey(Number(keysym))}>
            {name}
          </Button>
        ))}
      </div>
    </Form>
  );
}
