import type { Cancel, Clock } from '../ports.ts';
import type { ConsoleStore } from './console-state.ts';

/** How long something that has happened stands beside the keys. */
const shownMs = 10_000;

/** Takes each notice away 10 s after it came, unless a key or a later one did so before. */
export function fadeNotices(store: ConsoleStore, clock: Clock): Cancel {
  let fading: Cancel = () => {};
  const stop = store.subscribe(({ ui: { notice } }, { ui: before }) => {
    if (notice === before.notice) return;
    fading();
    if (notice === null) return;
    fading = clock.after(shownMs, () =>
      store.setState(({ ui }) => (ui.notice === notice ? { ui: { ...ui, notice: null } } : {})),
    );
  });
  return () => {
    stop();
    fading();
  };
}
