import { readAgentStatus } from '../adapters/gravity/agent-status.ts';
import { readHistoryText } from '../adapters/gravity/history-text.ts';
import { readOperations } from '../adapters/gravity/operations.ts';
import { readPlanJson } from '../adapters/gravity/plan-json.ts';
import { readStatusJson } from '../adapters/gravity/status-json.ts';
import { agentsChanges } from '../model/agents-changes.ts';
import { completeStatus, isPartial } from '../model/complete-status.ts';
import { historyChanges } from '../model/history-changes.ts';
import { operationsChanges } from '../model/operations-changes.ts';
import { outagesOf } from '../model/outage/outages.ts';
import { standing } from '../model/place.ts';
import { planChanges } from '../model/plan-changes.ts';
import { statusChanges } from '../model/status-changes.ts';
import { withDoers } from '../model/transition-doer.ts';
import type { Clock } from '../ports.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Reading } from '../protocol/problem.ts';
import type { Status } from '../protocol/status.ts';
import type { Attempt } from './attempt.ts';
import type { Ledger } from './contracts.ts';
import { type GravityParts, gravityReader } from './gravity-source.ts';
import { schedule } from './schedule.ts';

export type GravityReaders = Record<
  'plan' | 'status' | 'history' | 'agents' | 'operations',
  () => Promise<Attempt>
>;

/** The commands of gravity that are polled, one each: options after the command, the value in the same word. */
export function gravityReaders(
  parts: GravityParts & { clock: Clock; ledger: Pick<Ledger, 'state'> },
): GravityReaders {
  const { clock } = parts;
  return {
    plan: gravityReader(parts, {
      argv: ['plan', '--output=json'],
      timeoutMs: schedule.plan.timeoutMs,
      parse: readPlanJson,
      news: (plan, cluster, seen) => withDoers(cluster, planChanges(cluster.plan, plan, seen)),
    }),
    status: doubting(
      () => isBlind(parts.ledger.state(), clock.now()),
      gravityReader(parts, {
        argv: ['status', '--output=json'],
        timeoutMs: schedule.status.timeoutMs,
        parse: (stdout) => remarked(readStatusJson(stdout)),
        news: (read, cluster, seen) => {
          const { status, operations } = cluster;
          const whole = completeStatus(status, read, { blind: isBlind(cluster, Date.parse(seen)) });
          return statusChanges({ status, operations }, whole, seen);
        },
      }),
    ),
    history: gravityReader(parts, {
      argv: ['status', 'history'],
      timeoutMs: schedule.history.timeoutMs,
      parse: readHistoryText,
      news: (events, { history }, seen) => historyChanges(history, events, seen),
    }),
    agents: gravityReader(parts, {
      argv: ['agent', 'status'],
      timeoutMs: schedule.agents.timeoutMs,
      parse: readAgentStatus,
      news: (agents, cluster, seen) => agentsChanges(cluster.agents, agents, seen),
    }),
    operations: gravityReader(parts, {
      argv: ['resource', 'get', 'operations', '--format=json'],
      timeoutMs: schedule.operations.timeoutMs,
      parse: (stdout) => readOperations(stdout, clock.now()),
      news: (read, { operations }, seen) => operationsChanges(operations, read, seen),
    }),
  };
}

/** What is read while it cannot be whole makes nothing newer. */
function doubting(isDoubtful: () => boolean, read: () => Promise<Attempt>): () => Promise<Attempt> {
  return async () => {
    const attempt = await read();
    const { outcome } = attempt;
    if (!outcome.ok || outcome.remarks.includes('partial') || !isDoubtful()) return attempt;
    return { ...attempt, outcome: { ...outcome, remarks: [...outcome.remarks, 'partial'] } };
  };
}

/** Whether a phase has the planet of the agent's own node down: status asked here then sees no other node. */
function isBlind(cluster: Cluster, at: number): boolean {
  const { here } = standing(cluster);
  return here !== null && outagesOf(cluster).causeOf({ node: here, checker: null }, at).phase !== null;
}

function remarked(reading: Reading<Status>): Reading<Status> {
  if (!reading.ok || !isPartial(reading.value) || reading.remarks.includes('partial')) return reading;
  return { ...reading, remarks: [...reading.remarks, 'partial'] };
}
