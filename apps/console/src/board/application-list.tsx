import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { strings } from "../strings/en.ts";
import { ApplicationRow } from "./application-row.tsx";
import { type BoardRow, holdOrder, rowKey } from "./arrange-rows.ts";
import type { Applications } from "./use-applications.ts";

interface ApplicationListInput {
  readonly applications: Applications;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (taskId: string, isSelected: boolean) => void;
}

const guessedHeight = { heading: 44, task: 62 } as const;

/**
 * The whole list in the page's own scrolling, of which only what is near the window is built. While somebody
 * points at it or is in it by keyboard, no row moves.
 */
export function ApplicationList({ applications, selected, onSelect }: ApplicationListInput) {
  const { hasMore, loadMore } = applications;
  const list = useRef<HTMLUListElement>(null);
  const { rows, isBehind, release, hold } = useHeldRows(applications.rows);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const now = list.current?.getBoundingClientRect().top ?? 0;
    setTop(now + globalThis.scrollY);
  }, [rows.length]);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (at) => guessedHeight[rows[at]?.kind ?? "task"],
    getItemKey: (at) => {
      const row = rows[at];
      return row === undefined ? at : rowKey(row);
    },
    overscan: 8,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) >= rows.length - 30;
  useEffect(() => {
    if (isNearEnd && hasMore) loadMore();
  }, [isNearEnd, hasMore, loadMore]);
  return (
    <>
      <div className="board-changed" aria-live="polite">
        {isBehind && (
          <Button className="small" onPress={release}>
            {strings.board.changed}
          </Button>
        )}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only watches its links */}
      <ul
        ref={list}
        className="board-list"
        aria-label={strings.board.list}
        aria-busy={applications.isLoading}
        style={{ height: virtual.getTotalSize() }}
        onPointerEnter={() => hold("pointer", true)}
        onPointerLeave={() => hold("pointer", false)}
        onFocus={() => hold("focus", true)}
        onBlur={({ currentTarget, relatedTarget }) =>
          hold("focus", currentTarget.contains(relatedTarget))
        }
        onKeyDown={moveByArrows}
      >
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className="board-item"
              style={{ transform: `translateY(${item.start - top}px)` }}
            >
              {row.kind === "heading" ? (
                <h2 className="board-group" data-group={row.group}>
                  {strings.board.groups[row.group]}
                  {row.count !== null && <span className="board-count numbers">{row.count}</span>}
                </h2>
              ) : (
                <ApplicationRow
                  task={row.task}
                  isSelected={selected.has(row.task.id)}
                  onSelect={onSelect}
                />
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

type HeldBy = "pointer" | "focus";

function useHeldRows(rows: readonly BoardRow[]) {
  const [held, setHeld] = useState<Readonly<Record<HeldBy, boolean>>>({
    pointer: false,
    focus: false,
  });
  const [shown, setShown] = useState<readonly string[]>([]);
  const isHeld = (held.pointer || held.focus) && shown.length > 0;
  const order = holdOrder(shown, rows);
  // More of the same list below is no change of what somebody points at.
  const isOnlyLonger = shown.every((key, at) => rows[at] !== undefined && rowKey(rows[at]) === key);
  const mayFollow = !isHeld || isOnlyLonger;
  if (mayFollow && order.isBehind) setShown(rows.map(rowKey));
  return {
    rows: mayFollow ? rows : order.rows,
    isBehind: !mayFollow && order.isBehind,
    release: () => setShown(rows.map(rowKey)),
    hold: (by: HeldBy, isOn: boolean) => setHeld((before) => ({ ...before, [by]: isOn })),
  };
}

/** From one application to the next, beside the Tab key, which also stops at the boxes. */
function moveByArrows(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>(".row-link")].toSorted(
    (one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top,
  );
  const now = links.findIndex((link) => link === document.activeElement);
  const next = links[now + (event.key === "ArrowDown" ? 1 : -1)];
  if (now === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
