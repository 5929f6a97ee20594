import type { Why } from '../../protocol/why.ts';
import type { Asked } from './why.ts';

/** One row of the table of reasons: what it is called, and what it says where it is what is behind; else null. */
export type Reason = { id: string; explain(asked: Asked): Omit<Why, 'id' | 'phase'> | null };
