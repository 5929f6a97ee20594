/** What a `kubectl get …` asks for, its words in any order; `namespace` null is all of them. */
export type KubectlWords = {
  verb: string;
  kind: string;
  namespace: string | null;
  /** `wide`, `json`, `custom-columns=…`; empty for the usual table. */
  output: string;
};

/** Reads the words after `kubectl`. */
export function kubectlWords(words: readonly string[]): KubectlWords {
  const flags = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? /^-([a-z])(.*)$/s.exec(word) ?? [];
    if (name === undefined) rest.push(word);
    else if (value !== undefined && value !== '') flags.set(name, value);
    else if (SWITCHES.includes(name)) flags.set(name, 'true');
    else {
      at += 1;
      flags.set(name, words[at] ?? '');
    }
  }
  const everywhere = flags.has('all-namespaces') || flags.has('A');
  return {
    verb: rest[0] ?? '',
    kind: rest[1] ?? '',
    namespace: everywhere ? null : (flags.get('namespace') ?? flags.get('n') ?? 'default'),
    output: flags.get('output') ?? flags.get('o') ?? '',
  };
}

const SWITCHES: readonly string[] = ['all-namespaces', 'A', 'watch', 'w', 'no-headers', 'show-labels'];
