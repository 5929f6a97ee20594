/** A command as completion needs it. */
export type CompletedCommand = { name: string; describe: string; words: readonly string[] };

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
  const cases = commands.map(({ name, words }) => `    ${name}) words="${words.join(' ')}" ;;`);
  return [
    '_gravity_console() {',
    '  local words',
    `  case "$COMP_CWORD:\${COMP_WORDS[1]}" in`,
    `    1:*) words="${commands.map(({ name }) => name).join(' ')}" ;;`,
    ...cases.map((line) => line.replace('    ', '    *:')),
    '  esac',
    `  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    '}',
    'complete -o default -F _gravity_console gravity-console',
    '',
  ].join('\n');
}

function fish(commands: readonly CompletedCommand[]): string {
  const names = commands.map(
    ({ name, describe }) =>
      `complete -c gravity-console -f -n __fish_use_subcommand -a ${name} -d '${quoted(describe)}'`,
  );
  const words = commands.flatMap(({ name, words: all }) =>
    all.map(
      (word) => `complete -c gravity-console -n '__fish_seen_subcommand_from ${name}' -a '${quoted(word)}'`,
    ),
  );
  return [...names, ...words, ''].join('\n');
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
