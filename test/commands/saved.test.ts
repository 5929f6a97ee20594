import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { type TwinName, twinSchemas } from '../../src/protocol/twins.ts';
import { recording, recordings } from '../recordings.ts';
import { oneShot } from './one-shot.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twins-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const plans = recordings('plans');
const statuses = recordings('cli').filter((path) => /\/status-(json|text)-[^/]*\.stdout$/.test(path));
const bodies = recordings('satellite').filter(
  (path) => path.endsWith('.body.json') && !path.includes('history'),
);
const histories = [
  'cli/status-history.stdout',
  'cli/status-history-empty.stdout',
  'flights/drain-fails/history.txt',
  ...recordings('satellite').filter((path) =>
    /history-(after|leader).*\.body\.json$|history-final-node\d\.txt$/.test(path),
  ),
];

describe('a recorded output is shown without any agent, as its contract says', () => {
  const cases: [TwinName, string][] = [
    ...plans.map((path): [TwinName, string] => ['plan', path]),
    ...statuses.map((path): [TwinName, string] => ['status', path]),
    ...statuses.map((path): [TwinName, string] => ['nodes', path]),
    ...bodies.map((path): [TwinName, string] => ['nodes', path]),
    ...histories.map((path): [TwinName, string] => ['history', path]),
  ];
  for (const [command, path] of cases) {
    test(`${command} --file ${path}`, async () => {
      const json = await oneShot([command, '--file', '-', '-o', 'json'], { stdin: recording(path) });
      expect(json.code, json.err).toBeOneOf([0, 3, 7]);
      const document = JSON.parse(json.out);
      // The schema drops what it does not know: a key more is a break of the contract too.
      expect(v.parse(schemaOf(command), document)).toEqual(document);
      const yaml = await oneShot([command, '--file', '-', '-o', 'yaml'], { stdin: recording(path) });
      expect(parseYaml(yaml.out)).toEqual(document);
      const text = await oneShot([command, '--file', '-'], { stdin: recording(path) });
      expect(text.code).toBe(json.code);
      expect(text.out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
    });
  }
});

describe('the keys of the JSON stand in the order of the contract', () => {
  const keys: Record<
    string,
    { path: string; at: (document: Record<string, never>) => object; order: string[] }
  > = {
    plan: {
      path: 'plans/failed-3m2w.json',
      at: (d) => d,
      order: ['schema', 'operation', 'phases', 'counts'],
    },
    'the operation of a plan': {
      path: 'plans/failed-3m2w.json',
      at: (d) => d['operation'] ?? {},
      order: ['id', 'type', 'state', 'cluster', 'leadMaster', 'gravityVersion'],
    },
    'a phase of a plan': {
      path: 'plans/failed-3m2w.json',
      at: (d) => d['phases']?.[0] ?? {},
      order: [
        'id',
        'parent',
        'leaf',
        'state',
        'kind',
        'description',
        'node',
        'runsOn',
        'requires',
        'updated',
        'error',
        'observed',
      ],
    },
    'the counts of a plan': {
      path: 'plans/failed-3m2w.json',
      at: (d) => d['counts'] ?? {},
      order: ['leaves', 'unstarted', 'in_progress', 'completed', 'failed', 'rolled_back', 'observed'],
    },
    nodes: { path: 'satellite/etcd-down.body.json', at: (d) => d, order: ['schema', 'state', 'at', 'nodes'] },
    'a node of nodes': {
      path: 'satellite/etcd-down.body.json',
      at: (d) => d['nodes']?.[0] ?? {},
      order: ['name', 'ip', 'role', 'state', 'probes'],
    },
    status: {
      path: 'cli/status-json-active-degraded-alerts.stdout',
      at: (d) => d,
      order: ['schema', 'cluster', 'state', 'reason', 'image', 'operations', 'nodes', 'alerts', 'sources'],
    },
    'an event of history': {
      path: 'cli/status-history.stdout',
      at: (d) => d['events']?.[0] ?? {},
      order: ['at', 'kind', 'node', 'checker', 'from', 'to', 'text'],
    },
  };
  for (const [what, { path, at, order }] of Object.entries(keys)) {
    test(what, async () => {
      const command = what.split(' ').at(-1) ?? '';
      const shown = await oneShot([command, '--file=-', '--output=json'], { stdin: recording(path) });
      expect(Object.keys(at(JSON.parse(shown.out)))).toEqual(order);
    });
  }
});

describe('the exit code tells how the cluster is', () => {
  const cases: [string, string, string, number][] = [
    ['healthy nodes', 'nodes', 'satellite/healthy-3nodes.body.json', 0],
    ['a probe that only warns', 'nodes', 'satellite/warning-only-disk-85pct.body.json', 0],
    ['a degraded node', 'nodes', 'satellite/etcd-down.body.json', 3],
    ['a crashed node', 'nodes', 'satellite/node3-crashed-member-failed.body.json', 3],
    [
      'a node whose agent gives no answer',
      'nodes',
      'satellite/node3-agent-frozen-seen-by-node1.body.json',
      7,
    ],
    ['an agent that has just started', 'nodes', 'satellite/node3-agent-just-started.body.json', 7],
    ['one node by itself', 'nodes', 'satellite/healthy-3nodes-local.body.json', 0],
    ['an upgrade under way', 'status', 'cli/status-json-upgrade-healthy.stdout', 0],
    ['an upgrade with a warning', 'status', 'cli/status-text-upgrade-warning.stdout', 0],
    ['a degraded cluster', 'status', 'cli/status-json-active-degraded-alerts.stdout', 3],
    ['a degraded cluster in text', 'status', 'cli/status-text-active-degraded-alerts.stdout', 3],
    ['an offline node in text', 'status', 'cli/status-text-active-offline-alerts.stdout', 3],
    ['a plan with a failed phase', 'plan', 'plans/failed-3m2w.json', 0],
  ];
  for (const [what, command, path, code] of cases) {
    test(`${what}: ${code}`, async () => {
      expect((await oneShot([command, '--file', '-'], { stdin: recording(path) })).code).toBe(code);
    });
  }
});

describe('a file that is not what it should be is refused with exit 2, naming what it is', () => {
  const cases: [string, string, Uint8Array | string, RegExp][] = [
    [
      'a status for a plan',
      'plan',
      recording('cli/status-json-upgrade-healthy.stdout'),
      /is a status.*gravity-console status --file/s,
    ],
    [
      'a plan for a status',
      'status',
      recording('plans/fresh-3m.json'),
      /is a plan.*gravity-console plan --file/s,
    ],
    ['a plan in text for nodes', 'nodes', recording('plans/fresh-3m.txt'), /is a plan/],
    [
      'a history for nodes',
      'nodes',
      recording('cli/status-history.stdout'),
      /is a history.*gravity-console history --file/s,
    ],
    [
      'a health answer for a history',
      'history',
      recording('satellite/healthy-3nodes.body.json'),
      /answer of the health endpoint.*gravity-console nodes/s,
    ],
    ['our own output', 'plan', '{"schema":1,"phases":[]}', /output of gravity-console/],
    ['a plan without phases', 'plan', '{"operation_id":"x","phases":[]}', /no phases/],
    [
      'half a plan',
      'plan',
      recording('plans/fresh-3m.json').subarray(0, 9000),
      /cut off.*save it again, whole/s,
    ],
    ['half a plan in text', 'plan', recording('plans/fresh-3m.txt').subarray(0, 3000), /cut off/],
    [
      'half a status',
      'status',
      recording('cli/status-json-upgrade-healthy.stdout').subarray(0, 900),
      /cut off/,
    ],
    [
      'half a health answer',
      'nodes',
      recording('satellite/healthy-3nodes.body.json').subarray(0, 900),
      /cut off/,
    ],
    ['half a history', 'history', recording('cli/status-history.stdout').subarray(0, 100), /cut off/],
    ['nothing', 'plan', '', /empty/],
    ['nothing for nodes', 'nodes', '', /empty/],
    ['an error of gravity', 'status', recording('cli/bare-status.stderr'), /failed to connect to etcd/],
    ['a health answer that is an error', 'nodes', '{"error":"rpc error"}', /rpc error/],
    ['compressed bytes', 'plan', Uint8Array.of(0x1f, 0x8b, 8, 0), /compressed.*gunzip/s],
    [
      'binary',
      'status',
      Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256),
      /not the status/,
    ],
    ['a number', 'plan', '[1]', /plan/],
  ];
  for (const [what, command, stdin, sentence] of cases) {
    test(what, async () => {
      const ended = await oneShot([command, '--file', '-'], { stdin });
      expect(ended.code).toBe(2);
      expect(ended.out).toBe('');
      expect(ended.err).toMatch(sentence);
      expect(ended.err).not.toMatch(/\n\s+at |Error:/);
      expect(ended.err.length).toBeLessThanOrEqual(500);
    });
  }
});

describe('a file that cannot be read is named', () => {
  test('a missing one', async () => {
    const ended = await oneShot(['plan', '--file', 'nowhere.json'], { cwd: folder });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('there is no file nowhere.json') });
  });

  test('a directory', async () => {
    expect(await oneShot(['plan', '--file', folder])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is a directory'),
    });
  });

  test('standard input that is a terminal', async () => {
    const ended = await oneShot(['status', '--file', '-'], { typing: true });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('standard input is a terminal') });
  });

  test('a relative path starts at the working directory', async () => {
    await writeFile(join(folder, 'plan.json'), recording('plans/fresh-1m.json'));
    expect(await oneShot(['plan', '--file', 'plan.json'], { cwd: folder })).toMatchObject({ code: 0 });
  });
});

describe('a command line that makes no sense ends with exit 2', () => {
  const cases: [string, string[]][] = [
    ['a file given without --file', ['plan', 'plan.json']],
    ['a saved output watched', ['plan', '--file', '-', '--watch']],
    ['a saved output asked of an agent', ['plan', '--file', '-', '--agent', 'unix:/x']],
    ['a format that does not exist', ['plan', '--file', '-', '-o', 'xml']],
    ['a flag that does not exist', ['plan', '--files', '-']],
    ['a file for what is never saved', ['runs', '--file', '-']],
    ['the plan of another operation', ['plan', '--file', '-', '--operation-id', 'x']],
  ];
  for (const [what, words] of cases) {
    test(what, async () => {
      expect((await oneShot(words, { stdin: recording('plans/fresh-1m.json') })).code).toBe(2);
    });
  }
});

describe('hostile text from a cluster comes out as text', () => {
  const hostile = '\u001b[31mred\u001b]0;title\u0007\u202eevil\u0000\ttab\u009b2J';
  const body = JSON.stringify({
    status: 'degraded',
    nodes: [
      {
        name: `n1${hostile}`,
        member_status: { name: 'n1', status: 'alive', tags: { role: 'master', publicip: '10.0.0.1' } },
        status: 'degraded',
        probes: [{ checker: `docker${hostile}`, status: 'failed', error: hostile }],
      },
    ],
    timestamp: '2026-11-22T10:00:00Z',
  });
  for (const format of ['text', 'json', 'yaml']) {
    test(format, async () => {
      const { out, code } = await oneShot(['nodes', '--file', '-', '-o', format], { stdin: body });
      expect(code).toBe(3);
      expect(out).toContain('redevil tab');
      expect(out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      expect(out).not.toMatch(/\\u001b|\\e|\\u202e/i);
    });
  }
});

function schemaOf(command: TwinName): v.GenericSchema {
  return twinSchemas[command];
}
