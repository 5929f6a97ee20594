import * as v from 'valibot';
import { phaseStates } from '../protocol/phase.ts';

/**
 * One word of a command: never an option, never empty, no control characters, C1 and bidirectional ones among them,
 * since refusals repeat it. A phase id is otherwise taken as it is,
 * since gravity matches it exactly (client-facts 17).
 */
const OperandSchema = v.pipe(
  v.string('must be a word'),
  v.regex(
    /^[^\-\s\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069][^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/,
    'must not be empty, begin with - or hold control characters',
  ),
  v.maxLength(256, 'must not be longer than 256 characters'),
);

export const NoArgsSchema = v.strictObject({});

export const PhaseArgsSchema = v.strictObject({
  phase: v.pipe(OperandSchema, v.description('the phase, exactly as the plan names it')),
});

export const StepArgsSchema = v.strictObject({
  phase: v.optional(v.pipe(OperandSchema, v.description('a leaf; without it the next one in plan order'))),
});

export const SetArgsSchema = v.strictObject({
  phase: v.pipe(OperandSchema, v.description('the leaf, exactly as the plan names it')),
  state: v.pipe(
    v.picklist(phaseStates, `must be one of ${phaseStates.join(', ')}`),
    v.description('the state to record'),
  ),
});

export const CheckArgsSchema = v.strictObject({
  phase: v.pipe(OperandSchema, v.description('the leaf, exactly as the plan names it')),
  check: v.pipe(
    OperandSchema,
    v.description('one of the checks of its kind, as gravity-console explain PHASE names them'),
  ),
});

export const RunArgsSchema = v.strictObject({
  run: v.pipe(OperandSchema, v.description('the run’s id')),
});
