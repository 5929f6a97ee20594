import { gravityError } from '../adapters/gravity/gravity-error.ts';
import { clean, cleanLine } from '../protocol/clean.ts';

const longest = 400;

/**
 * Why a gravity failed, in one clean line of at most 400 characters, from all it printed: its first line and what it
 * gives as the cause below, the innermost last and never left out (recordings/story, `*.stderr`). A command run on
 * another node is told by its phase alone. Without an `[ERROR]:` a panic's own line serves, else the last one.
 */
export function failureSentence(printed: string): string {
  const text = clean(printed);
  const at = text.indexOf('[ERROR]:');
  if (at === -1) return clip(lastWords(text), longest);
  const { sentence, cause } = gravityError(text.slice(at));
  return joined([sentence, ...cause].map(shortened).filter((line) => !says.nothing.test(line)));
}

const says = {
  /** An exit status of another gravity, and advice about a flag: neither is a cause. */
  nothing: /^(exit status \d+|You can pass --\S+ flag\b.*)$/,
  remoteCommand: /failed to execute command \[plan execute --phase[ =](\S+)[^\]]*\]:/g,
  panic: /^(panic|fatal error): /,
};

function shortened(line: string): string {
  return line.replace(says.remoteCommand, '$1:').replace(/ {2,}/g, ' ').trim();
}

/** Each cause after what it caused; one that only repeats the end of the line before is left out. */
function joined(lines: readonly string[]): string {
  const told = lines.filter((line, index) => index === 0 || !lines[index - 1]?.endsWith(line));
  const whole = told.reduce((text, line) => `${text}${/[:.]$/.test(text) ? '' : separator(text)} ${line}`);
  const [first = ''] = told;
  const last = told.at(-1) ?? '';
  if (whole.length <= longest || told.length === 1) return clip(cleanLine(whole), longest);
  return cleanLine(`${clip(first, longest / 2 - 2)} … ${clip(last, longest / 2 - 2)}`);
}

/** The phases to roll back first come as a list of paths; everything else as cause after cause. */
function separator(text: string): string {
  return / \/\S+$/.test(text) ? ',' : ':';
}

function lastWords(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const line = lines.find((each) => says.panic.test(each)) ?? lines.findLast((each) => each !== '');
  return cleanLine(line ?? '').replace(/ {2,}/g, ' ') || 'gravity failed and printed no error';
}

function clip(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
