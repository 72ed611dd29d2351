import { strings } from "../strings/en.ts";
import { clockWords, leftWords } from "./time-words.ts";
import { useNow } from "./use-now.ts";

/** How long there still is, and until when, for who comes back later. */
export function Countdown({ until }: { readonly until: string }) {
  const now = useNow("second");
  return (
    <p className="countdown small" role="timer">
      <strong className="numbers">{strings.left(leftWords(until, now))}</strong>{" "}
      <span className="faint">{strings.closes(clockWords(until, now))}</span>
    </p>
  );
}
