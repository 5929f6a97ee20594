import type { Phase } from '../../protocol/phase.ts';
import { phaseKind } from '../phase-kinds.ts';
import type { Asked } from './asked.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import { probeCauses } from './probes.ts';
import type { Answer } from './reason.ts';
import { told } from './told.ts';

/** A failure nobody wrote down here: what such phases usually fail for, and where the full words are. */
export function anyFailure(asked: Asked, phase: Phase): Answer {
  const { fails } = phaseKind(phase.kind);
  const usual =
    fails.length === 0 ? [] : [told(asked, 'agent', `such phases usually fail for: ${fails.join('; ')}`)];
  return {
    question: `Why did ${phase.id} fail?`,
    causes: [
      {
        text: `it failed: ${phase.error ?? 'no error was recorded (its state was set by hand, or its node kept it)'}`,
        source: 'plan',
        at: phase.updated,
      },
      ...probeCauses(asked, phase.runsOn ?? phase.node),
      ...usual,
    ],
    next: next.hand(
      `mend what the error names${phase.runsOn === null ? '' : `, on ${phase.runsOn}`}; the logs there tell more`,
      `${gravityPath(asked.cluster)} plan`,
      'journalctl -u gravity-agent.service --no-pager -n 100',
      'tail -n 100 /var/log/gravity-system.log',
    ),
    after: `then execute it again: operation.step --phase ${phase.id}; or roll it back: phase.rollback`,
  };
}
