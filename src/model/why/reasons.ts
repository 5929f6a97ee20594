import { contradictionReason } from './contradiction.ts';
import { drainReason } from './drain.ts';
import { failureReasons } from './failures.ts';
import { focusReason } from './focus.ts';
import { leafReasons } from './leaf.ts';
import { nodeReasons } from './node.ts';
import { progressReasons } from './progress.ts';
import type { Reason } from './reason.ts';
import { executeReasons } from './refusals-execute.ts';
import { lockReasons } from './refusals-locks.ts';
import { operationReasons } from './refusals-operation.ts';
import { rollbackReasons } from './refusals-rollback.ts';
import { upgradeReasons } from './refusals-upgrade.ts';
import { requirementReason } from './requirement.ts';
import { stuckReasons } from './stuck.ts';
import { wholeReasons } from './whole.ts';

/** Every reason there is, the most telling first: the first that explains what is asked answers. */
export const reasons: readonly Reason[] = [
  ...nodeReasons,
  ...wholeReasons,
  drainReason,
  ...upgradeReasons,
  ...executeReasons,
  ...rollbackReasons,
  ...operationReasons,
  ...lockReasons,
  ...failureReasons,
  ...stuckReasons,
  ...progressReasons,
  contradictionReason,
  requirementReason,
  focusReason,
  ...leafReasons,
];
