import { expect, test } from 'vitest';
import { readDisruptionBudgets } from '../../../src/adapters/kubernetes/disruption-budgets.ts';
import { readPods } from '../../../src/adapters/kubernetes/pods.ts';

test('pods are read with their node and whether a drain leaves them alone', () => {
  const items = [
    {
      metadata: { namespace: 'shop', name: 'db-0' },
      spec: { nodeName: '10.0.0.9' },
      status: { phase: 'Running' },
    },
    {
      metadata: { namespace: 'kube-system', name: 'proxy\x1b[31m', ownerReferences: [{ kind: 'DaemonSet' }] },
      spec: {},
    },
  ];
  expect(readPods(JSON.stringify({ kind: 'List', items }))).toMatchObject({
    value: [
      { namespace: 'shop', name: 'db-0', node: '10.0.0.9', phase: 'Running', daemon: false },
      { name: 'proxy', node: null, phase: null, daemon: true },
    ],
  });
});

test('a disruption budget tells how many pods may go, null before its status is there', () => {
  const items = [
    { metadata: { namespace: 'shop', name: 'db' }, status: { disruptionsAllowed: 0 } },
    { metadata: { name: 'web' } },
  ];
  expect(
    readDisruptionBudgets(`Warning: policy/v1beta1 is deprecated\n${JSON.stringify({ items })}`),
  ).toMatchObject({
    value: [
      { namespace: 'shop', name: 'db', disruptionsAllowed: 0 },
      { namespace: 'default', name: 'web', disruptionsAllowed: null },
    ],
  });
});

for (const [name, text, code] of [
  ['nothing', '', 'answer.empty'],
  ['a word', 'No resources found', 'answer.not-json'],
  ['a warning alone', 'W0822 deprecated\n', 'answer.not-json'],
  ['half a list', '{"items":[{', 'answer.truncated'],
  ['an object without items', '{}', 'answer.wrong-shape'],
] as const) {
  test(`${name} instead of a list of kubectl is ${code}`, () => {
    expect(readPods(text)).toMatchObject({ ok: false, problem: { code } });
    expect(readDisruptionBudgets(text)).toMatchObject({ ok: false, problem: { code } });
  });
}
