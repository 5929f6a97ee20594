import type { Key, Pasted } from './key.ts';

/**
 * What a chunk left open: the head of a sequence cut in two, or a bracketed paste not yet ended, with its beginning.
 * `escaped`: a lone escape was just taken for the Esc key, and may yet turn out to have been the head of a sequence.
 */
export type DecoderState = { pending: string; pasting: boolean; pasted: string; escaped?: true };

export const freshDecoder: DecoderState = { pending: '', pasting: false, pasted: '' };

/** No field takes more characters than that. */
const longestPaste = 4096;

const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';
const sequence =
  /^\u001b(?:\[[0-?]*[ -/]*[@-~]|O[A-Za-z]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[PX^_][^\u001b]*\u001b\\)/;
/** The rest of a sequence without its escape. No key is bound to either character by itself. */
const sequenceTail = /^[[O]/;
const openSequence = /^\u001b(?:\[[0-?]*[ -/]*|O|\][^\u0007\u001b]*\u001b?|[PX^_][^\u001b]*\u001b?)$/;

/** Xterm's and the Linux console's sequences for the keys we name (terminfo of xterm, screen, tmux, linux). */
const named: Record<string, Key> = {
  '[A': 'up',
  OA: 'up',
  '[B': 'down',
  OB: 'down',
  '[C': 'right',
  OC: 'right',
  '[D': 'left',
  OD: 'left',
  '[H': 'home',
  OH: 'home',
  '[1~': 'home',
  '[7~': 'home',
  '[F': 'end',
  OF: 'end',
  '[4~': 'end',
  '[8~': 'end',
  '[5~': 'pageup',
  '[6~': 'pagedown',
  '[3~': 'delete',
  '[Z': 'shift-tab',
};

const controlNames: Record<string, Key> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  ' ': 'space',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u001b': 'esc',
};

/**
 * Splits raw input into keys: `jjj` in one chunk is three keys, a sequence cut between two chunks is one, what is
 * pasted in brackets is no key but one text, and sequences without a name (mouse, focus, replies) are nothing. An escape
 * and a key in one chunk are Alt and that key.
 * A lone escape stays pending: it may be the head of a sequence; `flush` says it was the key.
 */
export function decode(state: DecoderState, chunk: string): { state: DecoderState; keys: (Key | Pasted)[] } {
  const keys: (Key | Pasted)[] = [];
  let rest = (state.escaped && sequenceTail.test(chunk) ? '\u001b' : state.pending) + chunk;
  let { pasting, pasted } = state;
  while (rest !== '') {
    if (pasting) {
      const end = rest.indexOf(pasteEnd);
      const pending = end < 0 ? tailOf(rest) : '';
      pasted = `${pasted}${rest.slice(0, end < 0 ? rest.length - pending.length : end)}`.slice(
        0,
        longestPaste,
      );
      if (end < 0) return { state: { pending, pasting, pasted }, keys };
      keys.push({ pasted });
      rest = rest.slice(end + pasteEnd.length);
      [pasting, pasted] = [false, ''];
      continue;
    }
    const taken = take(rest);
    if (taken === null) return { state: { pending: rest, pasting, pasted }, keys };
    if (taken.raw === pasteStart) pasting = true;
    else if (taken.key !== null) keys.push(taken.key);
    rest = rest.slice(taken.raw.length);
  }
  return { state: { pending: '', pasting, pasted }, keys };
}

/** What was pending when nothing followed for a moment: a lone escape is the Esc key, a torn sequence is nothing. */
export function flush(state: DecoderState): { state: DecoderState; keys: Key[] } {
  if (state.pasting) return { state, keys: [] };
  return state.pending === '\u001b'
    ? { state: { ...freshDecoder, escaped: true }, keys: ['esc'] }
    : { state: freshDecoder, keys: [] };
}

/** The first key of a text, null when more input is needed to tell. */
function take(text: string): { raw: string; key: Key | null } | null {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  if (first !== '\u001b') return { raw: first, key: plainKey(first) };
  const match = sequence.exec(text)?.[0];
  if (match !== undefined) return { raw: match, key: named[withoutModifier(match.slice(1))] ?? null };
  if (text === '\u001b' || openSequence.test(text)) return null;
  return altKey(text) ?? { raw: '\u001b', key: 'esc' };
}

/** Alt sends an escape before its key: `alt-x` is no key of ours, and least of all `x`. */
function altKey(text: string): { raw: string; key: Key } | null {
  const character = String.fromCodePoint(text.codePointAt(1) ?? 0);
  return character === '\u001b' || plainKey(character) === null
    ? null
    : { raw: `\u001b${character}`, key: `alt-${plainKey(character)}` };
}

function plainKey(character: string): Key | null {
  const name = controlNames[character];
  if (name !== undefined) return name;
  const code = character.charCodeAt(0);
  if (code >= 1 && code <= 26) return `ctrl-${String.fromCharCode(code + 96)}`;
  return code < 32 || (code >= 127 && code < 160) ? null : character;
}

/** `[1;5A` (ctrl-up) counts as the bare key. */
function withoutModifier(body: string): string {
  return body.replace(/^\[1;\d+([A-Z])$/, '[$1').replace(/^\[(\d+);\d+~$/, '[$1~');
}

/** Of pasted text only what may be the head of the end mark needs keeping. */
function tailOf(text: string): string {
  for (let length = Math.min(text.length, pasteEnd.length - 1); length > 0; length--)
    if (text.endsWith(pasteEnd.slice(0, length))) return text.slice(-length);
  return '';
}
