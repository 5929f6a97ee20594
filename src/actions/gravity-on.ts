/** Commands that walk the whole plan, and the unit that resume leaves its work to. */
const wholePlan = /gravity-resume\.service|\b(resume|rollback|upgrade)\b/;

/**
 * Whether a gravity at work on this machine is at work on this leaf: its command line names the leaf or a group above it,
 * or names no phase and walks the whole plan.
 */
export function gravityOn(commandLine: string, leaf: string): boolean {
  const [, named] = /--phase[= ](\S+)/.exec(commandLine) ?? [];
  if (named === undefined) return wholePlan.test(commandLine);
  return leaf === named || leaf.startsWith(`${named}/`);
}
