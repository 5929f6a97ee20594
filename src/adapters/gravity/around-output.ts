/** Whether a line stands for lines somebody left out. */
export function isExcerptLine(line: string): boolean {
  return excerpt.test(line);
}

/** Whether a line stands around an output in a ticket: a prompt, a fence, gravity's complaint, a log line. */
export function isAroundOutput(line: string): boolean {
  return around.test(line);
}

const excerpt =
  /^\s*(?:\.{3,}|…|\[(?:\.{3}|…)\]|[<[(] ?(?:snip|snipped|cut|truncated|omitted) ?[>\])]|-+ ?(?:snip|8<) ?-+)\s*$/i;
const prompt = String.raw`(?:\[[^\]]*\]|[\w.@:~/-]+ ?[\w.~/-]*)[$#>%](?: |$)`;
const around = new RegExp(`^(?:\`\`\`|~~~|\\[ERROR\\]:|time="|[$#>] |${prompt})`);
