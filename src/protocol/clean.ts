/**
 * Text from the cluster made harmless: escape sequences (CSI, OSC, DCS and their like, 7 and 8 bit), bidirectional
 * controls and every control character but newline are gone, a tab is a space, a broken surrogate is U+FFFD.
 * Cleaning twice changes nothing more. An unterminated string sequence loses its introducer only, so no text is lost.
 */
export function clean(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  if (!suspicious.test(whole)) return whole;
  return whole.replace(sequences, '').replace(/\t/g, ' ').replace(unwanted, '');
}

/** `clean`, on one line: a newline becomes a space and the ends are trimmed. */
export function cleanLine(text: string): string {
  return clean(text).replace(/\n/g, ' ').trim();
}

const suspicious = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const unwanted = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

// No alternative can run past the next control character, so the scan stays linear on hostile text.
const sequences = new RegExp(
  [
    '(?:\\x1b\\]|\\x9d)[^\\x07\\x1b\\x80-\\x9f]*(?:\\x07|\\x1b\\\\|\\x9c)', // OSC: titles, links, clipboard
    '(?:\\x1b[PX^_]|[\\x90\\x98\\x9e\\x9f])[^\\x1b\\x80-\\x9f]*(?:\\x1b\\\\|\\x9c)', // DCS, SOS, PM, APC
    '(?:\\x1b\\[|\\x9b)[\\x30-\\x3f]*[\\x20-\\x2f]*[\\x40-\\x7e]', // CSI: colours, cursor, modes
    '\\x1b[\\x20-\\x2f]*[\\x30-\\x7e]', // two-character sequences and character sets
  ].join('|'),
  'g',
);
