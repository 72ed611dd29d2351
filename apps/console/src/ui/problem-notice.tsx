import { isValetError } from "@valet/contracts";
import { Button } from "react-aria-components";
import { strings } from "../strings/en.ts";

/** What went wrong, in the server's words, which say what it means and what to do next. */
export function ProblemNotice({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry?: () => void;
}) {
  return (
    <div className="notice" data-tone="bad" role="alert">
      <p>{problemText(error)}</p>
      {isValetError(error) && <p className="faint small">{error.code}</p>}
      {retry !== undefined && <Button onPress={retry}>{strings.tryAgain}</Button>}
    </div>
  );
}

export function problemText(error: unknown): string {
  if (isValetError(error, "API_UNREACHABLE")) return strings.unreachable;
  return isValetError(error) ? error.message : strings.unexpected;
}
