/** How long something usually takes, as it is said in a sentence: `about 40s`, `about 4m`, `about 1h20m`. Milliseconds in. */
export function aboutDuration(ms: number): string {
  return `about ${roundedDuration(ms)}`;
}

/** The same without the word: no more precise than an estimate is. */
export function roundedDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 100) return `${seconds}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes}m`;
  return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`;
}
