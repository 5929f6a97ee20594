import type { Cancel } from '../../ports.ts';

/** Follows what is wanted of something slow, one step at a time; what was wanted in between is passed over. */
export type Followed<Wanted> = { want(next: Wanted): void; end(): Promise<void> };

/** `again` arranges another try where a step fails. */
export function followed<Wanted>(
  become: (wanted: Wanted) => Promise<void>,
  again: (run: () => void) => Cancel,
): Followed<Wanted> {
  let wanted: { value: Wanted } | null = null;
  let busy: Promise<void> | null = null;
  let ended = false;
  let cancel: Cancel = () => {};
  const step = async (): Promise<void> => {
    while (wanted !== null && !ended) {
      const { value } = wanted;
      wanted = null;
      const done = await become(value).then(
        () => true,
        () => false,
      );
      if (done) continue;
      wanted ??= { value };
      cancel = again(start);
      break;
    }
    busy = null;
  };
  const start = (): void => {
    busy ??= step();
  };
  return {
    want: (value) => {
      wanted = { value };
      start();
    },
    end: async () => {
      ended = true;
      cancel();
      await busy;
    },
  };
}
