/** Who waits for a reading that begins after they asked: one that was under way then may be older than what they know. */
export type ReadingWaits = {
  began(): void;
  ended(good: boolean): void;
  next(): Promise<boolean>;
};

export function createReadingWaits(): ReadingWaits {
  let waiting: ((good: boolean) => void)[] = [];
  let served: typeof waiting = [];
  return {
    began() {
      served = waiting;
      waiting = [];
    },
    ended(good) {
      for (const serve of served.splice(0)) serve(good);
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
  };
}
