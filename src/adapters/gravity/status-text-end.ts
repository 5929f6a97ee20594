import { type Problem, problem } from '../../protocol/problem.ts';
import { isAroundOutput, isExcerptLine } from './around-output.ts';
import type { StatusLines } from './status-lines.ts';
import type { ReadNode, ReadNodes } from './status-text-nodes.ts';

/**
 * What is missing in a status in text, or could not be understood; null for a whole one. Gravity ends with the nodes, or
 * with why it could not collect them; 5.x with planet down ends before them without a word.
 */
export function statusTextProblem(text: string, lines: StatusLines, read: ReadNodes | null): Problem | null {
  const all = text.split('\n');
  const excerpt = all.find(isExcerptLine);
  if (excerpt !== undefined) {
    return problem(
      'saved.excerpt',
      `the status is an excerpt: a line ${excerpt.trim()} stands for lines left out`,
    );
  }
  const cut = problem('answer.truncated', `the status is cut off after ${text.length} characters`);
  if (read === null) return endsBeforeNodes(lines) ? null : cut;
  const [strange] = read.strange;
  if (strange !== undefined) {
    return problem(
      'answer.wrong-shape',
      `a node of the status cannot be understood: ${strange.slice(0, 80)}`,
    );
  }
  if (read.emptyGroup || read.nodes.length === 0 || !areWhole(read.nodes, text)) return cut;
  return lastLineProblem(all.at(-1) ?? '', lines);
}

/** With its agent silent gravity says that the cluster is degraded and prints all that is before the nodes. */
function endsBeforeNodes(lines: StatusLines): boolean {
  if (!/^(degraded|offline)\b/.test(lines.value('Cluster status') ?? '')) return false;
  if (lines.value('Cluster name') !== null)
    return (
      lines.under('Cluster endpoints')?.some((line) => /^\* Cluster management URL:/.test(line)) ?? false
    );
  const operation = lines.under('Last completed operation', 'Last operation');
  return operation === null || /^(completed|failed):|complete$|^use 'gravity/i.test(operation.at(-1) ?? '');
}

/** A node has a status, and its remote access since 5.5 or where another node has it. */
function areWhole(nodes: readonly ReadNode[], text: string): boolean {
  const accessed = /^Gravity version:/m.test(text) || nodes.some(({ access }) => access !== null);
  return nodes.every(({ state, access }) => state !== null && (!accessed || access !== null));
}

/** A last line without its newline: one of a node is whole by its words, an alert may go on. */
function lastLineProblem(last: string, lines: StatusLines): Problem | null {
  if (last === '' || lines.under('Cluster alerts') === null || isAroundOutput(last)) return null;
  return problem('saved.last-line', 'the status may be cut off in its last line, which has no newline');
}
