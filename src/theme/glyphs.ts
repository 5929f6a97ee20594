/** What is drawn besides words and states, with its ASCII twin. */
export const glyphs = {
  rule: ['─', '-'],
  wall: ['│', '|'],
  cursor: ['▌', '*'],
  more: ['…', '~'],
  to: ['→', '->'],
  folded: ['▸', '[+]'],
  open: ['▾', '[-]'],
  begin: ['├', '['],
  note: ['¶', '"'],
  foreign: ['@', '@'],
  about: ['±', '+-'],
  ran: ['━', '='],
  ahead: ['╌', '-'],
  spread: ['░', ':'],
  end: ['◆', '^'],
  point: ['•', 'o'],
  before: ['◂', '<'],
  here: ['▼', 'v'],
  above: ['▲', '^'],
  below: ['▼', 'v'],
} as const satisfies Record<string, readonly [string, string]>;

export type GlyphName = keyof typeof glyphs;
