import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { actionsDocument } from '../../src/actions/actions-document.ts';
import { argsJsonSchema, describeActions } from '../../src/actions/describe-actions.ts';
import { judge } from '../../src/actions/judge.ts';
import type { ActionRow } from '../../src/actions/row.ts';
import { actionById, actions } from '../../src/actions/table.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import {
  aBreakpoint,
  anAutopilot,
  aRun,
  clusterWith,
  noFacts,
  now,
  recordedPlan,
  withStates,
} from './a-cluster.ts';

const plan = withStates(recordedPlan('plans/fresh-3m2w.json'), { '/init/master-1': 'failed' });
const run = aRun({ id: 'RUN' });
const stopped = aRun({
  id: 'STOPPED',
  action: 'phase.execute',
  args: { phase: '/init' },
  state: 'failed',
  operationId: plan.operation.id,
});
const cluster = clusterWith(plan, {
  runs: [run, stopped],
  wheel: { holder: run.by, since: run.queuedAt, reason: null },
});
const read = { ...cluster.sources.plan, state: 'good' as const, lastGood: new Date(now).toISOString() };
const idle = clusterWith(plan, { sources: { ...cluster.sources, plan: read } });

/** Where a row makes sense that does not beside a run: by its id; else, what destroys makes sense beside none. */
const elsewhere: Record<string, Cluster> = {
  'autopilot.arm': idle,
  'autopilot.go-on': { ...idle, autopilot: anAutopilot({ state: 'paused' }) },
  'autopilot.pause': { ...idle, autopilot: anAutopilot() },
  'autopilot.stop': { ...idle, autopilot: anAutopilot() },
  'operation.reconcile': idle,
  'breakpoint.clear': { ...idle, breakpoints: [aBreakpoint('phase:/etcd')] },
};
const sensible = ({ id, risk, lane }: ActionRow) =>
  elsewhere[id] ?? (risk === 'destroy' && lane === 'cluster' ? idle : cluster);

describe('the table of actions', () => {
  it('names each action once', () => {
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
  });

  it('uses no key twice in a scope', () => {
    const keys = actions.flatMap(({ scope, key }) => (key === null ? [] : [`${scope} ${key}`]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('finds an action by its id and nothing else', () => {
    expect(actionById('phase.force')?.label).toBe('Force');
    expect(actionById('phase.nothing')).toBeUndefined();
  });

  it('has a row for every action this console must be able to do', () => {
    const needed = [
      'operation.step',
      'phase.execute',
      'phase.force',
      'phase.rollback',
      'operation.rollback',
      'operation.rollback-preview',
      'operation.rollback-to',
      'run.continue',
      'phase.note',
      'operation.resume',
      'operation.complete',
      'phase.set',
      'agent.deploy',
      'agent.shutdown',
      'run.interrupt',
      'wheel.take',
      'wheel.release',
      'cluster.status-reset',
    ];
    expect(needed.filter((id) => !actionById(id))).toEqual([]);
  });

  it('writes every row into the document', () => {
    const document = actionsDocument();
    expect(actions.filter(({ id }) => !document.includes(`\`${id}\``))).toEqual([]);
  });
});

for (const row of actions) {
  describe(row.id, () => {
    it('takes its own sample', () => {
      expect(v.safeParse(row.args, row.sample.args).success).toBe(true);
    });

    it('is allowed with its sample on a cluster where it makes sense, and plans steps', () => {
      const verdict = judge({
        cluster: sensible(row),
        action: row.id,
        args: row.sample.args,
        facts: noFacts,
      });
      expect(verdict.reason).toBeNull();
      expect(verdict.commands.length).toBeGreaterThan(0);
    });

    it('puts options after the command, values in the same word, and never silences gravity', () => {
      const { steps } = judge({ cluster, action: row.id, args: row.sample.args, facts: noFacts });
      for (const { argv, program } of steps) {
        if (program === 'agent') continue;
        const first = argv.findIndex((word) => word.startsWith('-'));
        const options = first < 0 ? [] : argv.slice(first);
        expect(options.filter((word) => !word.startsWith('--'))).toEqual([]);
        expect(argv).not.toContain('-q');
        expect(argv).not.toContain('--quiet');
      }
    });

    it('refuses an operand that looks like an option, each with a sentence', () => {
      for (const name of Object.keys(argsJsonSchema(row).properties ?? {})) {
        for (const operand of ['-x', '--force', '', ' ', 'a\u001b[2J', 'a\u009b2J', '/in\u202eit', 7, null]) {
          const args = { ...row.sample.args, [name]: operand };
          const verdict = judge({ cluster, action: row.id, args, facts: noFacts });
          expect(verdict.code).toBe('action.bad-args');
          expect(verdict.reason).toContain(`"${name}"`);
          expect(verdict.steps).toEqual([]);
        }
      }
    });

    it('refuses an argument it does not know, by name', () => {
      const args = { ...row.sample.args, argv: ['rm', '-rf'] };
      const verdict = judge({ cluster, action: row.id, args, facts: noFacts });
      expect(verdict.reason).toBe(`${row.id}: there is no argument "argv"`);
    });

    it('answers with a sentence, never with an exception, where nothing is known', () => {
      const unknown = emptyCluster({ kind: 'live', label: null, readOnly: false });
      for (const args of [row.sample.args, {}, { phase: '/no/such', run: 'x' }]) {
        const verdict = judge({ cluster: unknown, action: row.id, args, facts: noFacts });
        expect(verdict.allowed || (verdict.reason ?? '') !== '').toBe(true);
      }
    });

    it('asks for a typed word and a reason where it is expert', () => {
      if (!row.expert) return;
      const { confirm } = judge({ cluster, action: row.id, args: row.sample.args, facts: noFacts });
      expect(confirm).toMatchObject({ kind: 'type', reason: true });
    });

    it('changes nothing unasked: only reading, the wheel, breakpoints, notes and what stops need no confirmation', () => {
      const { confirm } = judge({
        cluster: clusterWith(plan),
        action: row.id,
        args: row.sample.args,
        facts: noFacts,
      });
      const own = /^(wheel|breakpoint)\.|^autopilot\.(pause|stop)$|^phase\.note$/;
      const free = row.risk === 'read' || own.test(row.id);
      expect(confirm.kind === 'none').toBe(free);
    });

    it('is described with its arguments as JSON Schema', () => {
      const described = describeActions().find(({ id }) => id === row.id);
      expect(described?.args).toMatchObject({ type: 'object', additionalProperties: false });
    });
  });
}
