import { type Fault, fault } from '../fault.ts';

/** The flags a command knows: those with a value and those without. */
export type FlagKinds = Readonly<Record<string, 'text' | 'switch'>>;

export type Arguments = {
  operands: readonly string[];
  text(flag: string): string | null;
  has(flag: string): boolean;
};

/**
 * Reads words as gravity's own parser does: `--x=v`, `--x v`, `-o v`, `--no-x`; an unknown flag is refused in its
 * words (recordings/cli/plan-dryrun-flag).
 */
export function readArguments(
  words: readonly string[],
  { flags, shorts }: { flags: FlagKinds; shorts: Readonly<Record<string, string>> },
): Arguments | Fault {
  const texts = new Map<string, string>();
  const switches = new Map<string, boolean>();
  const operands: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!/^-./.test(word)) {
      operands.push(word);
      continue;
    }
    const { name, value } = split(word);
    const long = word.startsWith('--') ? name : (shorts[name] ?? '');
    const kind = flags[long] ?? (flags[long.replace(/^no-/, '')] === 'switch' ? 'negated' : undefined);
    if (kind === undefined) return fault(unknownFlag(word, name));
    if (kind === 'switch') switches.set(long, value !== 'false');
    else if (kind === 'negated') switches.set(long.replace(/^no-/, ''), false);
    else {
      if (value === undefined) at += 1;
      const given = value ?? words[at];
      if (given === undefined) return fault(`expected argument for flag '${word}'`);
      texts.set(long, given);
    }
  }
  return { operands, text: (flag) => texts.get(flag) ?? null, has: (flag) => switches.get(flag) ?? false };
}

function split(word: string): { name: string; value: string | undefined } {
  const bare = word.replace(/^--?/, '');
  if (!word.startsWith('--'))
    return { name: bare.slice(0, 1), value: bare.length > 1 ? bare.slice(1) : undefined };
  const at = bare.indexOf('=');
  return at < 0 ? { name: bare, value: undefined } : { name: bare.slice(0, at), value: bare.slice(at + 1) };
}

function unknownFlag(word: string, name: string): string {
  return word.startsWith('--') ? `unknown long flag '--${name}'` : `unknown short flag '-${name}'`;
}
