/**
 * One key as the console knows it: a printable character by itself (`j`, `G`, `ö`), else a name:
 * `enter esc tab shift-tab backspace delete space up down left right home end pageup pagedown ctrl-a … ctrl-z`, and `alt-`
 * before any of them.
 */
export type Key = string;

/** What was pasted in brackets, as it came: never keys, whatever stands in it. */
export type Pasted = { pasted: string };

/** The character a key types into a field, or null for keys that type nothing. */
export function typed(key: Key): string | null {
  if (key === 'space') return ' ';
  return [...key].length === 1 ? key : null;
}
