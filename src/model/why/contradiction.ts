import { contradictions } from '../contradictions.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import type { Reason } from './reason.ts';
import { span } from './span.ts';
import { told } from './told.ts';

/**
 * Two sources that cannot both be right, where the whole is asked about and no leaf is at work or failed: which is the
 * younger, and that they are read again.
 */
export const contradictionReason: Reason = {
  id: 'sources.contradict',
  explain(asked) {
    const { cluster, question, facts } = asked;
    if (question.phase !== null || question.refusal !== null) return null;
    if (
      cluster.plan?.phases.some(({ leaf, state }) => leaf && (state === 'in_progress' || state === 'failed'))
    )
      return null;
    const found = contradictions(cluster);
    if (found.length === 0) return null;
    const ages = (['status', 'health'] as const).map((source) => {
      const { lastGood } = cluster.sources[source];
      const age = lastGood === null ? 'never read' : `${span(facts.now - Date.parse(lastGood))} old`;
      return told(asked, source, `${source} is ${age}`);
    });
    return {
      question: 'Why do the sources say different things?',
      causes: [...found.slice(0, 4).map((text) => told(asked, 'health', text)), ...ages],
      next: next.wait('wait for the next reading of both, a minute at most: the older one may just be late'),
      after: `if they still differ, believe the node itself: ${gravityPath(cluster)} status there, and its planet: systemctl status 'gravity__gravitational.io__planet*'`,
    };
  },
};
