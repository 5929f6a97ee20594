import { describe, expect, test } from 'vitest';
import { judge } from '../../src/actions/judge.ts';
import { phaseChecks } from '../../src/model/phase-checks.ts';
import { checksOf } from '../../src/model/runbook/checks-of.ts';
import { clusterWith, noFacts, recordedPlan } from './a-cluster.ts';

const plan = recordedPlan('plans/failed-3m2w.json');
const cluster = clusterWith(plan);
const drain = '/masters/master-2/drain';

function ask(args: Record<string, unknown>, on = cluster) {
  return judge({ cluster: on, action: 'phase.check', args, facts: noFacts });
}

describe('a check of the runbook', () => {
  test('is allowed unasked and says its command with the right binary and the node’s Kubernetes name', () => {
    expect(ask({ phase: drain, check: 'pods' })).toMatchObject({
      allowed: true,
      risk: 'read',
      confirm: { kind: 'none', reason: false },
      commands: [
        '/opt/image/gravity exec kubectl get pods --all-namespaces --field-selector=spec.nodeName=192.168.1.12',
      ],
    });
  });

  test('that does not belong to the kind is refused with those that do', () => {
    const { allowed, reason, nextStep } = ask({ phase: drain, check: 'jobs' });
    expect({ allowed, reason }).toEqual({
      allowed: false,
      reason: `the runbook has no check "jobs" for ${drain}`,
    });
    expect(nextStep).toBe('its checks are pods, budgets, nodes, events, etcd, agents');
  });

  test('nobody has heard of is refused the same way', () => {
    expect(ask({ phase: drain, check: 'rm -rf /' })).toMatchObject({ allowed: false, steps: [] });
  });

  test('of a phase that is not there, or is a group, is refused', () => {
    for (const phase of ['/no/such', '/masters'])
      expect(ask({ phase, check: 'nodes' }).reason).toBe(`there is no leaf "${phase}" in the plan`);
  });

  test('that needs a node is refused where the plan names none', () => {
    const phases = plan.phases.map((each) => (each.id === drain ? { ...each, node: null } : each));
    expect(ask({ phase: drain, check: 'pods' }, clusterWith({ ...plan, phases })).reason).toBe(
      'the check "pods" cannot be made: the plan does not say which node this phase is about',
    );
  });

  test('goes on with an agent that is read-only, for it changes nothing', () => {
    expect(ask({ phase: drain, check: 'nodes' }, clusterWith(plan, { readOnly: true })).allowed).toBe(true);
  });

  test('of a machine says which one it looks at', () => {
    const upgrade = '/masters/master-2/system-upgrade';
    expect(ask({ phase: upgrade, check: 'disk' }).impact.warnings).toEqual([
      'it looks at master-1, where the agent is, not at master-2',
    ]);
  });

  test('that the runbook offers for any leaf of the plan is one the agent allows', () => {
    const refused = plan.phases
      .filter(({ leaf }) => leaf)
      .flatMap((phase) =>
        checksOf(cluster, phase)
          .filter(({ id, argv }) => argv !== null && !ask({ phase: phase.id, check: id }).allowed)
          .map(({ id }) => `${phase.id} ${id}`),
      );
    expect(refused).toEqual([]);
    expect(Object.keys(phaseChecks)).toContain('pods');
  });
});
