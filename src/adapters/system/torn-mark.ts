/** Ends a line that was torn by a crash or a full disk. JSON never holds it unescaped, so a torn line is known for ever. */
export const tornMark = '\x18';
