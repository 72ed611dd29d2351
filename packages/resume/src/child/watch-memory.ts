import { readFileSync } from "node:fs";

const everyMs = 20;
const pageMb = 4_096 / 1024 / 1024;

/**
 * Calls `onTooMuch` once a process holds more memory than this, until the signal is aborted. A limit on its
 * heap leaves out buffers, and one on its address space counts what V8 reserves and never uses, more than
 * half a gigabyte; what it really holds only the kernel says. Where there is no `/proc`, nobody watches.
 */
export function watchMemory(
  pid: number,
  { mostMb, onTooMuch }: { readonly mostMb: number; readonly onTooMuch: () => void },
  signal: AbortSignal,
): void {
  const timer = setInterval(() => {
    if (residentMb(pid) <= mostMb) return;
    clearInterval(timer);
    onTooMuch();
  }, everyMs);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/** What a process holds as the kernel counts it; nothing when it has ended. */
export function residentMb(pid: number | string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * pageMb;
  } catch {
    return 0;
  }
}
