/**
 * Undoes what Go's Printf does to a text used as its own format, as gravity prints plans and wraps errors: `%f` becomes
 * `%!f(MISSING)`, at times twice (recordings/cli/plan-json-percent). Takes clean text. Flags and widths between `%` and
 * the verb are lost for good; after a digit it was nearly always the blank of `100% full`, so that one is put back.
 */
export function demangle(text: string): string {
  let now = text;
  for (let pass = 0; pass < 3 && isMangled(now); pass += 1) now = unformat(now);
  return now.replace(/(\d%)\0/g, '$1 ').replaceAll('\0', '');
}

/** One pass over a whole document, before it is parsed: the verb may have been a quote or a backslash of the JSON. */
export function repairDocument(text: string): string {
  return text.replace(missing, '%$1').replaceAll('%!(NOVERB)', '%');
}

/** Whether a text bears the marks of Printf. */
export function isMangled(text: string): boolean {
  return text.includes('%!') && marks.test(text);
}

const missing = /%!(.)\((?:MISSING|BADINDEX)\)/gsu;
const lost = /%!\((?:NOVERB|BADWIDTH|BADPREC)\)/g;
const marks = /%!(?:.\((?:MISSING|BADINDEX)\)|\((?:NOVERB|BADWIDTH|BADPREC)\))/su;

/** A NUL, which clean text cannot hold, marks the place before a letter until all passes are done. */
function unformat(text: string): string {
  return text
    .replace(missing, (_, verb: string) => (/[a-z]/i.test(verb) ? `%\0${verb}` : `%${verb}`))
    .replace(lost, '%');
}
