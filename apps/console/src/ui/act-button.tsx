import { Button, type ButtonProps } from "react-aria-components";

/**
 * Starts something that takes a while and cannot be started twice meanwhile. It keeps the focus, which a
 * disabled button loses.
 */
export function ActButton({
  isBusy,
  type = "button",
  onPress,
  ...rest
}: ButtonProps & { readonly isBusy: boolean }) {
  return (
    <Button
      {...rest}
      data-busy={isBusy || undefined}
      type={isBusy ? "button" : type}
      onPress={(event) => {
        if (!isBusy) onPress?.(event);
      }}
    />
  );
}
