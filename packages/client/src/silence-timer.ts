export interface SilenceTimer {
  /** Something was heard: the silence begins anew. */
  readonly heard: () => void;
  readonly stop: () => void;
}

/** Calls back once nothing was heard for so long. Also in a browser, whose timers cannot be refreshed. */
export function startSilenceTimer(limitMs: number, onSilence: () => void): SilenceTimer {
  let heardAt = performance.now();
  let timer = setTimeout(look, limitMs);
  function look(): void {
    const leftMs = limitMs - (performance.now() - heardAt);
    if (leftMs <= 0) onSilence();
    else timer = setTimeout(look, leftMs);
  }
  return {
    heard: () => void (heardAt = performance.now()),
    stop: () => clearTimeout(timer),
  };
}
