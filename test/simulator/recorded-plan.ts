import {
  type PhaseDocument,
  type PlanDocument,
  readPlanDocument,
  ZERO_TIME,
} from '../../src/simulator/plan-document.ts';
import { recordingText } from '../recordings.ts';

/** A recorded plan as it was before anything was done, created a few minutes ago. */
export function untouchedPlan(path: string): PlanDocument {
  const read = readPlanDocument(recordingText(path));
  if ('refused' in read) throw new Error(read.refused);
  return { ...read.plan, phases: read.plan.phases.map(untouched) };
}

/** A recorded plan with the states it was recorded with. */
export function recordedPlan(path: string): PlanDocument {
  const read = readPlanDocument(recordingText(path));
  if ('refused' in read) throw new Error(read.refused);
  return read.plan;
}

function untouched({ state: _state, error: _error, ...phase }: PhaseDocument): PhaseDocument {
  const { phases } = phase;
  return { ...phase, updated: ZERO_TIME, ...(phases === undefined ? {} : { phases: phases.map(untouched) }) };
}
