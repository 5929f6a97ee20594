/**
 * A text used as Go's format string with no arguments: every `%` is mangled (recordings/cli/plan-json-percent).
 * `100% full` becomes `100%!f(MISSING)ull`.
 */
export function goPrintf(text: string): string {
  return text.replace(
    /%([+\-# 0]*)(\d*|\*)(?:\.(\d*|\*))?([\s\S]?)/gu,
    (_all, _flags, width, precision, verb: string) => {
      const stars = [width, precision].filter((part) => part === '*').length;
      const bad = `${width === '*' ? '%!(BADWIDTH)' : ''}${precision === '*' ? '%!(BADPREC)' : ''}`;
      if (verb === '') return `${bad}%!(NOVERB)`;
      if (verb === '%') return `${bad}%`;
      return `${stars > 0 ? bad : ''}%!${verb}(MISSING)`;
    },
  );
}
