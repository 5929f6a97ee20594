import type { Reason } from './reason.ts';
import { requirementReason } from './requirement.ts';

/** Every reason there is, the most telling first: the first that explains what is asked answers. */
export const reasons: readonly Reason[] = [requirementReason];
