/** Which columns a table of phases has besides Phase, State and Updated. 5.0 has no Node, short has none of them. */
export type PlanColumns = { node: boolean; requires: boolean };

/** The head of gravity's table of phases, null for any other line. */
export function planColumns(line: string): PlanColumns | null {
  const found = whole.exec(line);
  return found === null ? null : { node: found[1] !== undefined, requires: found[2] !== undefined };
}

/** Whether a line is that head with its columns run together: a page that shows runs of blanks as one did it. */
export function hasLostBlanks(line: string): boolean {
  return /^Phase (Description )?State (Node )?(Requires )?Updated *$/.test(line);
}

/** Whether a line is the head as far as a narrow terminal shows it. */
export function isPartOfHeader(line: string): boolean {
  return /^Phase {2,}(Desc|Stat)/.test(line) && planColumns(line) === null;
}

const whole = /^Phase {2,}(?:Description {2,})?State {2,}(Node {2,})?(Requires {2,})?Updated *$/;
