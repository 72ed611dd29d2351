import { Button } from "react-aria-components";
import { operationsStrings } from "../strings/operations-strings.ts";

const { webhooks: w } = operationsStrings;

interface ShownSecretInput {
  readonly secret: string;
  readonly onSeen: () => void;
}

/** It stands in no list and in no later answer, so it stays until the person has it. */
export function ShownSecret({ secret, onSeen }: ShownSecretInput) {
  return (
    <output className="notice shown-secret" data-tone="ask">
      <span>{w.secret}</span>
      <code className="mono">{secret}</code>
      <Button onPress={onSeen}>{w.seen}</Button>
    </output>
  );
}
