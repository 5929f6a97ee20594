import { contradictions } from '../../model/contradictions.ts';
import { operationName } from '../../model/operation-name.ts';
import type { Operation } from '../../protocol/operation.ts';
import type { Status } from '../../protocol/status.ts';
import type { Scene } from '../scene.ts';

/** The cluster's state, its operations, its alerts, and what its sources disagree about. */
export function clusterChanges(before: Scene, after: Scene): string[] {
  const [was, is] = [before.cluster.status, after.cluster.status];
  const told = is === null || was === is ? [] : statusLines(was, is);
  const known = new Set(contradictions(before.cluster));
  const disagree = contradictions(after.cluster).filter((text) => !known.has(text));
  return [...told, ...disagree.map((text) => `sources disagree: ${text}`)];
}

function statusLines(was: Status | null, is: Status): string[] {
  const same = was?.state === is.state && was?.reason === is.reason;
  const state = same
    ? []
    : [`cluster ${is.state ?? 'state unknown'}${since(was)}${is.reason === null ? '' : `: ${is.reason}`}`];
  const firing = new Set(was?.alerts?.map((alert) => alert.name));
  const alerts = (is.alerts ?? []).filter((alert) => alert.state !== 'suppressed' && !firing.has(alert.name));
  return [
    ...state,
    ...operationLines(was, is),
    ...alerts.map((alert) => `alert ${alert.name}: ${alert.message}`),
  ];
}

function since(was: Status | null): string {
  return was?.state ? `, was ${was.state}` : '';
}

function operationLines(was: Status | null, is: Status): string[] {
  const before = new Map(operationsOf(was).map((one) => [one.id, one.state]));
  return operationsOf(is)
    .filter((one) => before.get(one.id) !== one.state)
    .map((one) => `operation ${operationName(one.type)} ${one.id?.slice(0, 8) ?? ''} ${one.state}`);
}

function operationsOf(status: Status | null): Operation[] {
  const last = status?.operation ? [status.operation] : [];
  const active = status?.activeOperations ?? [];
  return [...active, ...last.filter((one) => !active.some(({ id }) => id === one.id))];
}
