/** A command as completion needs it; `values` are those of its flags that are known, by the flag as it is typed. */
export type CompletedCommand = {
  name: string;
  describe: string;
  words: readonly string[];
  values: Readonly<Record<string, readonly string[]>>;
};

/** The completion script of a shell; words and descriptions come from our own tables and need no quoting but ours. */
export function completionScript(
  shell: 'bash' | 'zsh' | 'fish',
  commands: readonly CompletedCommand[],
): string {
  if (shell === 'fish') return fish(commands);
  const script = bash(commands);
  return shell === 'bash' ? script : `autoload -U +X bashcompinit && bashcompinit\n${script}`;
}

function bash(commands: readonly CompletedCommand[]): string {
  const named = commands.filter(({ name }) => name !== '');
  const own = commands.find(({ name }) => name === '')?.words ?? [];
  const cases = named.map(({ name, words }) => `    *:${name}) words="${words.join(' ')}" ;;`);
  const values = commands.flatMap(({ name, values: all }) =>
    Object.entries(all).map(
      ([flag, words]) => `    ${name === '' ? '-*' : name}:${flag}) words="${words.join(' ')}" ;;`,
    ),
  );
  return [
    '_gravity_console() {',
    `  local words before="\${COMP_WORDS[COMP_CWORD-1]}"`,
    `  case "$COMP_CWORD:\${COMP_WORDS[1]}" in`,
    `    1:*) words="${[...named.map(({ name }) => name), ...own].join(' ')}" ;;`,
    ...cases,
    `    *:-*) words="${own.join(' ')}" ;;`,
    '  esac',
    `  case "\${COMP_WORDS[1]}:$before" in`,
    ...values,
    // An agent that answers knows the phases; without one there are none to offer.
    `    do:--phase) words="$(${phases})" ;;`,
    '  esac',
    `  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    '}',
    'complete -o default -F _gravity_console gravity-console',
    '',
  ].join('\n');
}

const phases = String.raw`gravity-console plan -o json 2>/dev/null | sed -n 's|^ *"id": "\(/.*\)",$|\1|p'`;

function fish(commands: readonly CompletedCommand[]): string {
  const names = commands
    .filter(({ name }) => name !== '')
    .map(
      ({ name, describe }) =>
        `complete -c gravity-console -f -n __fish_use_subcommand -a ${name} -d '${quoted(describe)}'`,
    );
  const values = commands.flatMap(({ name, values: all }) =>
    Object.entries(all)
      .filter(([flag]) => flag.startsWith('--'))
      .map(
        ([flag, known]) =>
          `complete -c gravity-console -n '${name === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${name}`}' -l ${flag.slice(2)} -x -a '${quoted(known.join(' '))}'`,
      ),
  );
  const words = commands.flatMap(({ name, words: all }) =>
    all.map(
      (word) =>
        `complete -c gravity-console -n '${name === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${name}`}' -a '${quoted(word)}'`,
    ),
  );
  return [...names, ...values, ...words, ''].join('\n');
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
