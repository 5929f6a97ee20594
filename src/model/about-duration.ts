/** How long something usually takes, as it is said in a sentence: `about 40s`, `about 4m`, `about 1h20m`. Milliseconds in. */
export function aboutDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 100) return `about ${seconds}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `about ${minutes}m`;
  return `about ${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`;
}
