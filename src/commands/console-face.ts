import { mount } from '../../screens/mount.tsx';
import { writeLines } from '../../screens/write-lines.ts';
import type { Console } from '../console/console.ts';
import type { Said } from '../console/intent.ts';
import type { Terminal } from '../ports.ts';

/** What the operator has of the console: a screen, or plain lines. `close` gives the terminal back, once. */
export type Face = {
  close(): void;
  repaint(): void;
  /** Takes the screen back after somebody else had the terminal; to be closed and opened anew after. */
  reclaim(): void;
  say(what: Said): void;
};

/** Opens the one the console is in now. */
export function openFace(console: Console, terminal: Terminal): Face {
  const face = console.store.getState().ui.linear
    ? { ...writeLines(console, terminal), reclaim: () => {} }
    : { ...mount(console, terminal), say: () => {} };
  // The terminal was resized, perhaps, while nobody looked.
  console.resize(terminal.size());
  let open = true;
  return {
    repaint: face.repaint,
    say: face.say,
    reclaim() {
      if (open) face.reclaim();
    },
    close() {
      if (open) face.unmount();
      open = false;
    },
  };
}
