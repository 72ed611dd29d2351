import { useEffect } from "react";

/** Of the window while a page is shown; as it was before, until there is one. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return;
    const before = document.title;
    document.title = `${title} – Valet`;
    return () => void (document.title = before);
  }, [title]);
}
