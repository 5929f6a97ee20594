import { expect, test } from 'vitest';
import { readAgentStatus } from '../../../src/adapters/gravity/agent-status.ts';
import { assumedYear } from '../../../src/adapters/gravity/assumed-year.ts';
import { readHistoryText } from '../../../src/adapters/gravity/history-text.ts';
import { readOperations } from '../../../src/adapters/gravity/operations.ts';
import { readProgressLine } from '../../../src/adapters/gravity/progress-line.ts';
import { readAnswer } from '../../../src/adapters/gravity/read-answer.ts';
import { readRegistryList } from '../../../src/adapters/gravity/registry-list.ts';
import { readVersion } from '../../../src/adapters/gravity/version.ts';
import { exited } from '../finished.ts';

const now = Date.parse('2026-11-22T12:00:00Z');

const agents = `\x1b[1mSun Nov 22 10:20:58 UTC\x1b[0m\tCollecting RPC agent status
Hostname\tAddress\tStatus\tVersion
--------\t-------\t------\t-------
node-1\t192.168.1.11\tDeployed\t7.0.30
node-2\t192.168.1.12:3012\tOffline\t
`;

test('the update agents are read from the table, also when gravity says that some are offline', () => {
  const reading = readAnswer(
    exited(255, agents, '[ERROR]: some agents are offline\n'),
    'gravity agent status',
    readAgentStatus,
  );
  expect(reading).toEqual({
    ok: true,
    remarks: [],
    value: [
      { hostname: 'node-1', ip: '192.168.1.11', state: 'deployed', version: '7.0.30' },
      { hostname: 'node-2', ip: '192.168.1.12', state: 'offline', version: null },
    ],
  });
});

test('a torn row of an agent is left out with a remark, and a text without a table is refused', () => {
  expect(readAgentStatus(`${agents}node-3\t192`)).toMatchObject({
    value: { length: 2 },
    remarks: ['partial'],
  });
  expect(readAgentStatus('Collecting RPC agent status\n')).toMatchObject({
    problem: { code: 'answer.wrong-shape' },
  });
});

const one = {
  kind: 'operation',
  version: 'v2',
  metadata: { name: 'id-1', namespace: 'default' },
  spec: {
    type: 'operation_update',
    created: '2026-11-22T10:00:00Z',
    state: 'failed',
    upgrade: { package: 'g.io/shop:2.5.0' },
  },
};

function resource(type: string, more: object): object {
  return { ...one, metadata: { name: type }, spec: { type, created: 'never', state: 'completed', ...more } };
}

test('operations are read from one object, from a list and from null', () => {
  const expected = {
    id: 'id-1',
    type: 'operation_update',
    state: 'failed',
    description: 'Upgrade to version 2.5.0',
  };
  expect(readOperations(JSON.stringify(one), now)).toMatchObject({ value: [expected] });
  expect(readOperations(JSON.stringify([one, one]), now)).toMatchObject({ value: [expected, expected] });
  expect(readOperations('null\n', now)).toEqual({ ok: true, value: [], remarks: [] });
  expect(readOperations('{"kind":"role"}', now)).toMatchObject({ problem: { code: 'answer.wrong-shape' } });
});

const described: [string, object, string][] = [
  ['operation_install', { install: { nodes: [{}, {}, {}] } }, '3-node install'],
  [
    'operation_expand',
    { expand: { node: { hostname: 'w', ip: '1.2.3.4', role: 'worker' } } },
    'Join node w (1.2.3.4) as worker',
  ],
  ['operation_shrink', { shrink: { node: { hostname: 'w', ip: '1.2.3.4' } } }, 'Remove node w (1.2.3.4)'],
  ['operation_gc', {}, 'Garbage collection'],
  ['operation_reconfigure', { reconfigure: { ip: '1.2.3.4' } }, 'Advertise address change to 1.2.3.4'],
  ['operation_of_tomorrow', {}, 'operation_of_tomorrow'],
];

for (const [type, more, description] of described) {
  test(`an operation of type ${type} is described as “${description}”`, () => {
    expect(readOperations(JSON.stringify(resource(type, more)), now)).toMatchObject({
      value: [{ description, created: null }],
    });
  });
}

test('operations are read from gravity’s table', () => {
  const table = `ID                                       Description              State                  Created
--                                       -----------              -----                  -------
5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d     Upgrade to version 2     Update_in_progress     Sun Nov 22 10:07 UTC
0a1b2c3d-0000-4000-8000-000000000001     5-node install           Completed              Mon Aug 24 10:15 UTC
`;
  expect(readOperations(table, now)).toMatchObject({
    value: [
      { type: 'operation_update', state: 'update_in_progress', created: '2026-11-22T10:07:00Z' },
      { type: 'operation_install', state: 'completed', description: '5-node install' },
    ],
    remarks: ['year-assumed'],
  });
  expect(readOperations(table.slice(0, -9), now)).toMatchObject({ problem: { code: 'answer.truncated' } });
});

test('images are read from JSON, from null and from the table', () => {
  const expected = [{ repository: 'mattermost', tags: ['v2.2.0', 'v3'] }];
  expect(readRegistryList('[{"repository":"mattermost","tags":["v2.2.0","v3"]}]\n')).toMatchObject({
    value: expected,
  });
  expect(readRegistryList('null\n')).toMatchObject({ value: [] });
  expect(readRegistryList('Image\tTags\n-----\t----\nmattermost\tv2.2.0, v3\n')).toMatchObject({
    value: expected,
  });
  expect(readRegistryList('{}')).toMatchObject({ problem: { code: 'answer.wrong-shape' } });
});

test('a version is read from JSON of 6.1 and 7.0 and from text', () => {
  expect(readVersion('{"edition":"e","version":"6.1.1","gitCommit":"c"}')).toMatchObject({
    value: { version: '6.1.1', edition: 'e', gitCommit: 'c' },
  });
  expect(
    readVersion('Edition:\topen-source\nVersion:\t7.0.30\nGit Commit:\tabc\nHelm Version:\tv2.15\n'),
  ).toMatchObject({
    value: { version: '7.0.30', edition: 'open-source', gitCommit: 'abc' },
  });
  expect(readVersion('usage: something else')).toMatchObject({ problem: { code: 'answer.wrong-shape' } });
});

test('every kind of event of the history is told, a line that is none is left out with a remark', () => {
  const text = `2026-11-22T08:00:00Z [Node Recovered]\tnode=a
2026-11-22T08:00:01Z [Leader Elected]\tnew leader 1.1.1.1
2026-11-22T08:00:02Z [Leader Elected]\tleader changed 1.1.1.1 -> 2.2.2.2
2026-11-22T08:00:03Z [Unknown Event]\ttimestamp:<seconds:1 >
2026-11-22T08:00:04Z [Constructor]\tnode=b
not an event
`;
  expect(readHistoryText(text)).toMatchObject({
    value: [
      { kind: 'node.healthy', node: 'a' },
      { kind: 'leader.elected', from: null, to: '1.1.1.1' },
      { kind: 'leader.elected', from: '1.1.1.1', to: '2.2.2.2' },
      { kind: 'unknown', text: '[Unknown Event] timestamp:<seconds:1 >' },
      { kind: 'unknown', node: 'b' },
    ],
    remarks: ['partial'],
  });
  expect(readHistoryText('No status history available to display.\n')).toEqual({
    ok: true,
    value: [],
    remarks: [],
  });
  expect(readHistoryText('nothing\n')).toMatchObject({ problem: { code: 'answer.wrong-shape' } });
});

const lines: [string, object][] = [
  ['Executing "/x" locally', { kind: 'executing', phase: '/x', node: null }],
  ['Executing "/x" on remote node w', { kind: 'executing', phase: '/x', node: 'w' }],
  ['Rolling back "/x" on node w', { kind: 'rolling-back', phase: '/x', node: 'w', dryRun: false }],
  ['[DRY-RUN] Rolling back "/x" locally', { kind: 'rolling-back', phase: '/x', node: null, dryRun: true }],
  ['\tStill executing "/x" locally (10 seconds elapsed)', { kind: 'heartbeat', phase: '/x' }],
  [
    'Executing phase "/x" finished in 4 seconds ',
    { kind: 'phase-finished', phase: '/x', rollback: false, duration: '4 seconds' },
  ],
  ['Rolling back phase "/x" finished in now', { kind: 'phase-finished', rollback: true }],
  [
    'operation(update runtime environment(id), cluster=demo, created=2026-11-22 10:10) finished in now',
    { kind: 'plan-finished', operation: 'update runtime environment(id)', duration: 'now' },
  ],
  [
    '\x1b[1mSun Nov 22 10:23:05 UTC\x1b[0m\tConnecting',
    { kind: 'timestamped', time: 'Sun Nov 22 10:23:05 UTC', text: 'Connecting' },
  ],
  [
    '\x1b[34mSun Nov  2 10:15:50 UTC\x1b[0m\t[  1/ 86] Phase /x is in_progress',
    { kind: 'tail', index: 1, of: 86, phase: '/x', state: 'in_progress' },
  ],
  ['\x1b[33mCouldn’t verify\x1b[0m', { kind: 'warning', text: 'Couldn’t verify' }],
  ['anything \x1b]0;x\x07else', { kind: 'text', text: 'anything else' }],
];

for (const [line, expected] of lines) {
  test(`the line ${JSON.stringify(line)} is told what it is`, () => {
    expect(readProgressLine(line)).toMatchObject(expected);
  });
}

const dates: [string, string | null][] = [
  ['Sun Nov 22 10:02 UTC', '2026-11-22T10:02:00Z'],
  ['Sun Nov 22 10:02:03 UTC', '2026-11-22T10:02:03Z'],
  ['Mon Nov 23 11:00 UTC', '2026-11-23T11:00:00Z'],
  ['Thu Dec 31 23:59 UTC', '2020-12-31T23:59:00Z'],
  ['Wed Dec 31 23:59 UTC', '2025-12-31T23:59:00Z'],
  ['Thu Jan  1 00:00 UTC', '2026-01-01T00:00:00Z'],
  ['Thu Feb 29 10:00 UTC', '2024-02-29T10:00:00Z'],
  ['Sun Feb 30 10:00 UTC', null],
  ['-', null],
];

for (const [text, expected] of dates) {
  test(`the date “${text}” without a year is ${expected}`, () => {
    expect(assumedYear(text, now)).toBe(expected);
  });
}
