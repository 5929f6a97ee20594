import type { Cancel, Clock } from '../../ports.ts';
import { type DecoderState, decode, flush, freshDecoder } from './decode.ts';
import type { Key, Pasted } from './key.ts';

/** A lone escape becomes the Esc key when nothing followed it for this long. */
const escapeMs = 40;
/** A sequence that is cut in two arrives whole within this long, on a slow link too. */
const tornMs = 500;

/** Raw chunks in, keys and pasted texts out, one after the other. */
export function createKeyboard(
  clock: Clock,
  { press, paste }: { press(key: Key): void; paste(text: string): void },
): { input(chunk: string): void; stop(): void } {
  let state: DecoderState = freshDecoder;
  let waiting: Cancel = () => {};

  return {
    input(chunk) {
      waiting();
      take(decode(state, chunk));
      if (state.pending === '\u001b') waiting = clock.after(escapeMs, pressEsc);
      else if (state.pending !== '') waiting = clock.after(tornMs, () => take(flush(state)));
    },
    stop: () => waiting(),
  };

  function pressEsc(): void {
    take(flush(state));
    waiting = clock.after(tornMs, () => {
      state = freshDecoder;
    });
  }

  function take(decoded: { state: DecoderState; keys: (Key | Pasted)[] }): void {
    state = decoded.state;
    for (const key of decoded.keys) {
      if (typeof key === 'string') press(key);
      else paste(key.pasted);
    }
  }
}
