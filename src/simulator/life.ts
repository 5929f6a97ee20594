/** Whether a process still lives, for those who work on its behalf. */
export type Life = { ended(): boolean; end(): void; over: Promise<void> };

export function newLife(): Life {
  let dead = false;
  let tell: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    ended: () => dead,
    end: () => {
      dead = true;
      tell();
    },
    over,
  };
}
