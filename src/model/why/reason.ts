import type { Why } from '../../protocol/why.ts';
import type { Asked, WhyQuestion } from './asked.ts';

/** What a reason says; `id` where the answer is that of another row, which then is named. */
export type Answer = Omit<Why, 'id' | 'phase'> & { id?: string };

/** The same question about something else: a leaf that blocks, the leaf of a group that matters. */
export type Again = (question: WhyQuestion) => Why;

/** One row of the table of reasons: what it is called, and what it says where it is what is behind; else null. */
export type Reason = { id: string; explain(asked: Asked, again: Again): Answer | null };
