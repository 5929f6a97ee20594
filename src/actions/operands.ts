import * as v from 'valibot';
import { breakpointKinds } from '../protocol/breakpoint.ts';
import { phaseStates } from '../protocol/phase.ts';

/**
 * One word of a command: never an option, never empty, no control characters, C1 and bidirectional ones among them,
 * since refusals repeat it. A phase id is otherwise taken as it is,
 * since gravity matches it exactly (client-facts 17).
 */
const HarmlessSchema = v.pipe(
  v.string('must be a word'),
  v.regex(
    /^[^\-\s\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069][^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/,
    'must not be empty, begin with - or hold control characters',
  ),
);

const OperandSchema = v.pipe(HarmlessSchema, v.maxLength(256, 'must not be longer than 256 characters'));

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

export const NoteArgsSchema = v.strictObject({
  phase: v.pipe(OperandSchema, v.description('the phase the note is about')),
  text: v.pipe(
    HarmlessSchema,
    v.maxLength(500, 'must not be longer than 500 characters'),
    v.description('what to write down, on one line'),
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

export const InterruptArgsSchema = v.strictObject({
  run: v.optional(v.pipe(OperandSchema, v.description('the run’s id; without it the one that is running'))),
});

/** Which of the three goes with which kind is a rule across fields: `breakpoint.set` says it where it is broken. */
export const BreakpointArgsSchema = v.strictObject({
  on: v.optional(
    v.pipe(
      v.picklist(breakpointKinds, `must be one of ${breakpointKinds.join(', ')}`),
      v.description('where an autopilot stops'),
    ),
    'phase',
  ),
  phase: v.optional(
    v.pipe(
      OperandSchema,
      v.description('on phase: the leaf or group it stops before, exactly as the plan names it'),
    ),
  ),
  seconds: v.optional(
    v.pipe(
      v.number('must be a number of seconds'),
      v.integer('must be whole seconds'),
      v.minValue(10, 'must be 10 seconds or more'),
      v.maxValue(86_400, 'must be a day at most'),
      v.description('on probe: how long one may fail unexpectedly'),
    ),
  ),
  at: v.optional(
    v.pipe(
      v.string('must be a time'),
      v.regex(
        /^([0-2]\d:[0-5]\d|\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d))$/,
        'must be a time: 14:30 (UTC), or 2026-11-22T14:30:00Z',
      ),
      v.description('on time: 14:30 (UTC), or with its date as in RFC 3339'),
    ),
  ),
});

export const BreakpointIdArgsSchema = v.strictObject({
  breakpoint: v.pipe(OperandSchema, v.description('the breakpoint’s id, as `phase:/etcd`')),
});
