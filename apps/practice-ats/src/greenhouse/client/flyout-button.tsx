import type { DropdownIndicatorProps } from "react-select";

export function FlyoutButton<Option>({ innerProps }: DropdownIndicatorProps<Option>) {
  return (
    <div {...innerProps} aria-hidden={false} className="select__indicator">
      <button type="button" className="icon-button" aria-label="Toggle flyout" tabIndex={-1}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3 6l5 5 5-5" fill="none" stroke="currentColor" strokeWidth="1.6" />
        </svg>
      </button>
    </div>
  );
}
