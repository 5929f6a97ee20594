import { controlFor, heldRefusal } from '../actions/control.ts';
import type { ActionRow } from '../actions/row.ts';
import { actionById } from '../actions/table.ts';
import type { Clock, Processes, Random } from '../ports.ts';
import { cleanLine } from '../protocol/clean.ts';
import type { Identity } from '../protocol/identity.ts';
import type { Judgement } from '../protocol/judgement.ts';
import type { RunRequest } from '../protocol/request.ts';
import type { Run } from '../protocol/run.ts';
import type { Ledger } from './contracts.ts';
import { difference } from './difference.ts';
import { Failed } from './failed.ts';
import { claimed } from './identity.ts';
import type { Judgements } from './judgements.ts';
import type { OwnWork } from './own-work.ts';
import { recordOf } from './record-of.ts';
import type { RunRecord } from './run-record.ts';
import type { Runs } from './runs.ts';
import type { Wheel } from './wheel.ts';

export type StartWorld = {
  clock: Clock;
  random: Random;
  processes: Pick<Processes, 'birth'>;
  ledger: Ledger;
  judgements: Judgements;
  runs: Runs;
  wheel: Wheel;
  ownWork: OwnWork;
};

export type Asked = { request: RunRequest; door: 'operator' | 'viewer' };

/**
 * The law of `POST /v1/runs`: the same request is the same run; else the judgement must still hold, the word and the
 * reason be there, and who asks must drive. Everything else throws `Failed`. `fresh` is false for a run started before.
 */
export async function startRun(world: StartWorld, asked: Asked): Promise<{ run: Run; fresh: boolean }> {
  const { request, door } = asked;
  const known = world.runs.byRequest(request.requestId);
  if (known !== null) return again(known, request);
  const judgement = world.judgements.find(request.judgementId);
  if (judgement === null)
    throw new Failed('judgement.unknown', `there is no judgement ${cleanLine(request.judgementId)} any more`);
  const row = rowOf(judgement);
  const by = claimed(request.by);
  world.wheel.renew(by.console);
  admit(row, judgement, door);
  if (row.effect === 'terminal') mustBeHere(world, row, request.terminal);
  await mustStillHold(world, judgement);
  confirmed(judgement, request);
  if (row.lane === 'cluster' && world.runs.isFull())
    throw new Failed('queue.full', 'too many runs wait already');
  const wheelTaken = drive(world, row, { by, request });
  const { requestId, reason, terminal } = request;
  const record = recordOf(world, { judgement, by, requestId, reason: cleanLine(reason ?? '') || null });
  const whole = { ...record, wheelTaken, ...(row.effect === 'terminal' && terminal && { terminal }) };
  return { run: await enter(world, row, whole), fresh: true };
}

/** By its effect: the agent does it, the console does at its own terminal, or a keeper. */
function enter({ runs, ownWork }: StartWorld, { effect }: ActionRow, record: RunRecord): Promise<Run> {
  if (effect === 'agent') return runs.perform(record, () => ownWork(record.run));
  return effect === 'terminal' ? runs.lend(record) : runs.add(record);
}

function again(known: RunRecord, request: RunRequest): { run: Run; fresh: boolean } {
  if (known.judgementId === request.judgementId) return { run: known.run, fresh: false };
  throw new Failed(
    'request.reused',
    `the request ${cleanLine(request.requestId)} started another run before`,
  );
}

function rowOf(judgement: Judgement): ActionRow {
  const row = actionById(judgement.action);
  if (row === undefined || row === null)
    throw new Failed('action.unknown', `there is no action ${judgement.action}`);
  return row;
}

function admit(row: ActionRow, judgement: Judgement, door: Asked['door']): void {
  if (door === 'viewer' && row.risk !== 'read')
    throw new Failed('action.viewer', `${row.id} changes something: this socket is for looking`);
  if (!judgement.allowed)
    throw new Failed('action.refused', judgement.reason ?? `${row.id} is refused`, judgement);
}

/** Only a process of this machine can run the steps of this machine's gravity. */
function mustBeHere({ processes }: StartWorld, { id }: ActionRow, terminal: RunRequest['terminal']): void {
  if (terminal === undefined)
    throw new Failed('action.not-local', `${id} needs a terminal of its own, which only the console has`);
  if (processes.birth(terminal.pid) !== terminal.birth)
    throw new Failed('action.not-local', `${id} needs the console to be on this machine`);
}

async function mustStillHold({ judgements }: StartWorld, judgement: Judgement): Promise<void> {
  const verdict = await judgements.again(judgement);
  if (verdict.digest === judgement.digest) return;
  const changes = difference(judgement, verdict);
  throw new Failed('judgement.changed', `since you looked, ${changes.join('; ')}`, { difference: changes });
}

function confirmed({ confirm, label }: Judgement, request: RunRequest): void {
  if (confirm.kind === 'type' && request.word !== confirm.word)
    throw new Failed('word.wrong', `${label} is confirmed by typing ${confirm.word}`, {
      nextStep: `type ${confirm.word}`,
    });
  if (confirm.reason && cleanLine(request.reason ?? '') === '')
    throw new Failed('reason.missing', `${label} needs a reason`);
}

type Driver = { by: Identity; request: RunRequest };

/** True when control was taken for this run. */
function drive({ ledger, wheel }: StartWorld, row: ActionRow, { by, request }: Driver): boolean {
  const control = controlFor(row, ledger.state().wheel, () => wheel.holds(by));
  if (control.is === 'none') return false;
  if (control.is === 'held') {
    const { sentence } = heldRefusal(control, utcTime(control.since));
    throw new Failed('wheel.held', sentence);
  }
  if (!request.drive)
    throw new Failed('wheel.held', `no active driver, and ${row.id} needs control`, {
      nextStep: 'take control first: wheel.take',
    });
  wheel.take(by, null);
  return true;
}

function utcTime(instant: string | null): string {
  return instant === null ? 'an unknown time' : `${instant.slice(11, 19)} UTC`;
}
