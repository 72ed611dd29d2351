export function FieldError({
  id,
  error,
}: {
  readonly id: string;
  readonly error: string | undefined;
}) {
  if (error === undefined) return null;
  return (
    <p id={`${id}-error`} className="helper-text helper-text--error">
      {error}
    </p>
  );
}

/** The attributes that tie a control to its error. */
export function invalidState(id: string, error: string | undefined) {
  return error === undefined
    ? { "aria-invalid": false }
    : { "aria-invalid": true, "aria-describedby": `${id}-error` };
}
