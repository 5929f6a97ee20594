/**
 * The time of a simulated cluster. Stamps are wall time, so nothing looks stale or ahead; speed shortens work alone.
 * Milliseconds.
 */
export type WorldClock = {
  now(): number;
  /** Resolves after `ms` of simulated work: sooner at a higher speed, not at all while paused. */
  sleep(ms: number): Promise<void>;
  /** Resolves after `ms` of the same time for one who only watches the work; never where nothing is waited for. */
  watch(ms: number): Promise<void>;
};
