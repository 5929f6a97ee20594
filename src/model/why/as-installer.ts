import type { Cause } from '../../protocol/why.ts';
import { nextLeaf } from '../next-leaf.ts';
import { reachOf } from '../reach.ts';
import type { Asked } from './asked.ts';
import type { Answer } from './reason.ts';
import { noAgent } from './refusals-execute.ts';
import { told } from './told.ts';

/** The phase whose node has no update agent, as the operation's own message or the output of the resume tells. */
export type MissingAgent = { node: string; phase: string };

const message = /no agent is running on node ([^\s/,]+)[^"]*please execute phase "([^"]+)"/;

/**
 * A missing agent is "not found" to gravity, and `plan resume --block` then takes the upgrade for an installation: after
 * phases ran it prints "Resuming installer" (nodes-facts 6.2). The true cause stands in the operation's message alone; else
 * it is the next phase of another node. Null where that is not how it was.
 */
export function agentMissing(asked: Asked): MissingAgent | null {
  const { plan, status } = asked.cluster;
  const operations = [...(status?.activeOperations ?? []), status?.operation ?? null];
  const said = operations.find((each) => each?.id === plan?.operation.id)?.progress?.match(message);
  if (said) return { node: said[1] ?? '', phase: said[2] ?? '' };
  const lines = asked.facts.output?.lines ?? [];
  const ran = lines.findIndex((line) => /^\s*Executing "/.test(line));
  const installer = lines.findIndex((line) => line.includes('Resuming installer'));
  const leaf = plan === null ? null : nextLeaf(plan);
  if (ran < 0 || installer < ran || leaf === null || leaf.runsOn === null) return null;
  return reachOf(asked.cluster, asked.facts.agents).isLocal(leaf)
    ? null
    : { node: leaf.runsOn, phase: leaf.id };
}

export function asInstaller(asked: Asked, said: Cause, { node, phase }: MissingAgent): Answer {
  const swallowed = told(
    asked,
    'gravity',
    `gravity found no update agent on ${node}, where ${phase} runs next, and took the upgrade for an installation ("Resuming installer")`,
  );
  const warning = told(
    asked,
    'gravity',
    'never press Ctrl+C twice there: it says itself that this would clean up the system',
  );
  const found = noAgent({ asked, said: swallowed }, node, phase);
  return {
    ...found,
    causes: [said, warning, ...found.causes],
    after: `then resume: operation.resume; or run ${phase} on ${node} itself`,
  };
}
