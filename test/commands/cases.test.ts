import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ended, oneShot } from './one-shot.ts';

/** Outputs as people paste them: test/cases/README.md says where each comes from and what is right. */
const folder = resolve(import.meta.dirname, '../cases');

type Expected = {
  code: number;
  /** What the JSON holds; keys and items not named are not looked at. */
  json?: object;
  out?: RegExp;
  err?: RegExp;
};

const node = (name: string, state: string, more: object = {}) =>
  expect.objectContaining({ name, state, ...more });
const phase = (id: string, state: string, more: object = {}) =>
  expect.objectContaining({ id, state, ...more });
const operation = (type: string, state: string, more: object = {}) =>
  expect.objectContaining({ type, state, ...more });
const lab = (state1: string, state2: string) => [node('lab-1', state1), node('lab-2', state2)];
const has = (...items: unknown[]) => expect.arrayContaining(items);
const wholePlan = { counts: expect.objectContaining({ leaves: 10 }) };

const expected: Record<string, Record<string, Expected>> = {
  '01-status-5.5-layout': {
    'status --file status.txt -o json': {
      code: 3,
      json: {
        cluster: 'lab-five',
        operations: [
          operation('operation_expand', 'completed', { id: '0a1b2c3d-1111-4222-8333-444455556666' }),
        ],
        nodes: [
          node('lab-1', 'healthy', { ip: '10.20.0.70', role: 'master', profile: 'node' }),
          node('lab-2', 'healthy', { ip: '10.20.0.97', role: 'master', profile: 'node' }),
          node('lab-3', 'degraded', { ip: '10.20.0.96', role: 'node', profile: 'worker', access: 'offline' }),
        ],
      },
    },
    'nodes --file status.txt -o json': {
      code: 3,
      json: { nodes: [...lab('healthy', 'healthy'), node('lab-3', 'degraded', { ip: '10.20.0.96' })] },
    },
  },
  '03-status-5.5-stuck-shrink': {
    'status --file status.txt -o json': {
      code: 0,
      json: {
        state: 'shrinking',
        operations: [
          operation('operation_shrink', 'shrink_in_progress', {
            id: '9f8e7d6c-aaaa-4bbb-8ccc-ddddeeeeffff',
            created: expect.stringMatching(/-02-11T21:24/),
            progress: 'initializing the operation',
          }),
          operation('operation_install', 'completed'),
        ],
      },
    },
    'status --file status.txt': { code: 0, out: /operation_shrink: initializing the operation/ },
  },
  '04-status-5.4-two-stuck-joins': {
    'status --file status.txt -o json': {
      code: 3,
      json: {
        cluster: 'lab-four',
        state: 'expanding',
        operations: [
          operation('operation_expand', 'in_progress', { progress: 'Wait for the planet to start' }),
          operation('operation_expand', 'in_progress', { id: '9f8e7d6c-aaaa-4bbb-8ccc-ddddeeeeffff' }),
        ],
        nodes: [node('lab-1', 'healthy'), node('lab-5', 'offline')],
      },
      err: /lab-5 offline/,
    },
  },
  '05-status-5.2-layout': {
    'status --file status.txt -o json': {
      code: 3,
      json: {
        cluster: 'lab-two',
        state: 'degraded',
        operations: [operation('operation_update', 'failed')],
        nodes: [node('lab-1', 'healthy'), node('lab-3', 'degraded', { failed: ['docker is down'] })],
      },
    },
  },
  '07-status-5.5-packet-loss-warning': {
    'status --file status.txt -o json': {
      code: 0,
      json: {
        state: 'active',
        nodes: has(
          node('lab-1', 'healthy', {
            warnings: [
              'overlay packet loss for node 10.20.0.97 is higher than the allowed threshold of 20%: 100%',
            ],
          }),
        ),
      },
    },
  },
  '09-status-7.0-2to1': {
    'status --file status.txt -o json': {
      code: 3,
      json: { state: 'degraded', nodes: lab('healthy', 'healthy') },
    },
  },
  '10-status-5.5-planet-down': {
    'status --file status.txt -o json': {
      code: 3,
      json: { cluster: null, nodes: [], operations: [operation('operation_expand', 'completed')] },
      err: /nodes are unknown/,
    },
  },
  '12-status-7.0-selinux': {
    'status --file status.txt -o json': {
      code: 0,
      json: { image: { name: 'shopapp', version: '7.0.6' }, nodes: lab('healthy', 'healthy') },
    },
  },
  '14-status-9.0-environ': {
    'status --file status.txt -o json': {
      code: 0,
      json: { operations: [operation('operation_update_environ', 'completed')] },
    },
  },
  '17-status-6.1-active-but-degraded': {
    'status --file status.json -o json': {
      code: 3,
      json: { state: 'active' },
      err: /state of the cluster is active/,
    },
    'status --file status.json': { code: 3, err: /state of the cluster is active/ },
  },
  '18-status-3.x-layout': { 'status --file status.txt -o json': { code: 2, err: /layout of gravity 3/ } },
  '19-status-pasted-prompt': {
    'status --file status.txt -o json': { code: 0, json: { nodes: lab('healthy', 'healthy') } },
  },
  '20-status-head-12': { 'status --file status.txt -o json': { code: 2, err: /cut off/ } },
  '21-status-watch-frame': {
    'status --file status.txt -o json': { code: 0, json: { nodes: lab('healthy', 'healthy') } },
  },
  '23-status-no-final-newline': {
    'status --file status.txt -o json': { code: 0, json: { nodes: lab('healthy', 'healthy') } },
  },
  '24-status-5.5-kapacitor': {
    'status --file status.txt -o json': {
      code: 3,
      json: {
        alerts: [
          expect.objectContaining({ severity: 'critical', message: 'etcd: cluster is unhealthy' }),
          expect.objectContaining({ severity: 'critical', message: 'Kubernetes node is not ready: lab-3' }),
        ],
      },
    },
  },
  '26-status-report-file': {
    'status --file cluster-status -o json': { code: 3 },
    'nodes --file cluster-status -o json': { code: 3, json: { nodes: has(node('lab-1', 'degraded')) } },
  },
  '28-plan-json-2to1': {
    'plan --file plan.json -o json': {
      code: 0,
      json: { phases: has(phase('/masters/lab-1/drain', 'failed')) },
    },
  },
  '29-status-active-offline-nbsp': {
    'status --file plain.txt -o json': { code: 3, json: { nodes: lab('healthy', 'offline') } },
    'status --file status.txt -o json': { code: 3, json: { nodes: lab('healthy', 'offline') } },
    'nodes --file status.txt -o json': {
      code: 3,
      json: { state: 'degraded', nodes: lab('healthy', 'offline') },
    },
  },
  '31-plan-5.2-rolled-back': {
    'plan --file plan.txt -o json': { code: 0, json: { phases: has(phase('/init/lab-1', 'rolled_back')) } },
  },
  '32-plan-head-14': { 'plan --file plan.txt -o json': { code: 2, err: /rows below \/masters are missing/ } },
  '33-plan-ellipsis': { 'plan --file plan.txt -o json': { code: 2, err: /excerpt.*left out/ } },
  '34-plan-pasted-prompts': { 'plan --file plan.txt -o json': { code: 0, json: wholePlan } },
  '36-plan-markdown-fence': { 'plan --file plan.txt -o json': { code: 0, json: wholePlan } },
  '37-plan-no-final-newline': { 'plan --file plan.txt -o json': { code: 0, json: wholePlan } },
  '38-plan-crlf': { 'plan --file plan.txt -o json': { code: 0, json: wholePlan } },
  '39-plan-failed-without-error': {
    'plan --file plan.txt -o json': {
      code: 0,
      json: { phases: has(phase('/init/lab-1', 'failed', { error: null })) },
    },
    'plan --file plan-colour.txt -o json': {
      code: 0,
      json: { phases: has(phase('/init/lab-1', 'failed', { error: null })) },
    },
  },
  '41-plan-wrapped-80': {
    'plan --file plan.txt -o json': { code: 2, err: /wrapped.*gravity plan --output=json/ },
  },
  '42-plan-tail-log': {
    'plan --file plan.txt -o json': { code: 2, err: /plan --tail.*gravity plan --output=json/ },
  },
  '43-plan-5.2-json': {
    'plan --file plan.json -o json': {
      code: 0,
      json: {
        operation: expect.objectContaining({ gravityVersion: '5.2.3' }),
        phases: has(phase('/masters/lab-1/drain', 'failed', { error: 'exit status 1', node: 'lab-1' })),
      },
    },
  },
  '44-plan-redacted-columns': {
    'plan --file plan.txt -o json': {
      code: 0,
      json: { phases: has(phase('/init/app-host-name', 'completed')) },
    },
  },
  '45-plan-collapsed-blanks': { 'plan --file plan.txt -o json': { code: 2, err: /lost its blanks/ } },
  '48-plan-utf8-bom': {
    'plan --file plan.txt -o json': { code: 0, json: wholePlan },
    'plan --file plan.json -o json': { code: 0 },
    'status --file status.json -o json': { code: 0, json: { cluster: 'lab-zero', state: 'active' } },
    'history --file history.txt -o json': {
      code: 0,
      json: {
        events: [
          expect.objectContaining({ kind: 'leader.elected', from: null, to: '10.20.0.101' }),
          expect.objectContaining({ kind: 'leader.elected', from: '10.20.0.101', to: '10.20.0.102' }),
          expect.objectContaining({ kind: 'probe.failed', checker: 'etcd-healthz' }),
        ],
      },
    },
  },
  '49-plan-nbsp': {
    'plan --file plan.txt -o json': { code: 0, json: wholePlan },
    'status --file status.txt -o json': { code: 0, json: { nodes: lab('healthy', 'healthy') } },
  },
  '52-history-node-offline': {
    'history --file history.txt -o json': {
      code: 0,
      json: {
        events: has(
          expect.objectContaining({ node: '10_20_0_102.lab', text: expect.stringMatching(/Offline/) }),
        ),
      },
    },
    'history --file history.txt': { code: 0, out: /\[Node Offline\]/ },
  },
  '55-history-report-timeline': {
    'history --file timeline -o json': {
      code: 0,
      json: {
        events: [
          expect.objectContaining({ kind: 'leader.elected', to: '10.20.0.101' }),
          expect.objectContaining({ kind: 'node.degraded' }),
          expect.objectContaining({ kind: 'probe.failed' }),
        ],
      },
    },
  },
  '56-history-unknown-struct': {
    'history --file history.txt -o json': {
      code: 0,
      json: {
        events: has(
          expect.objectContaining({
            kind: 'unknown',
            text: expect.stringMatching(/node_online:<node:"10_20/),
          }),
        ),
      },
    },
  },
  '60-health-2016': {
    'nodes --file health.json -o json': { code: 3, json: { state: 'degraded' } },
    'nodes --file health.json': { code: 3, out: /^.{100,400}…$/m },
  },
  '61-health-lingering-serf-member': {
    'nodes --file health.json -o json': {
      code: 3,
      json: { nodes: has(node('10_20_0_9.lab', 'offline')) },
      err: /no status received from nodes.*\n.*status failed/,
    },
    'nodes --file health.json': { code: 3, err: /no status received from nodes.*\n.*status failed/ },
  },
  '63-health-report-planet-status': {
    'nodes --file planet-status -o json': { code: 3, json: { state: 'degraded' } },
    'status --file planet-status -o json': { code: 2, err: /health endpoint.*gravity-console nodes/ },
  },
  '64-report-tarball': {
    'status --file report.tar.gz': {
      code: 2,
      err: /tar xzf report\.tar\.gz.*cluster-status.*planet-status.*timeline/,
    },
    'status --file report.tar': { code: 2, err: /tar xf report\.tar;.*cluster-status/ },
  },
  '67-status-two-in-one-file': {
    'status --file status.txt -o json': {
      code: 3,
      json: { state: 'degraded' },
      err: /2 outputs.*the last one is shown/,
    },
    'status --file prompts.txt -o json': { code: 3, json: { state: 'degraded' }, err: /2 outputs/ },
  },
};

describe('what people paste is read, or refused with advice that can be followed', () => {
  for (const [name, lines] of casesOf(readFileSync(join(folder, 'README.md'), 'utf8'))) {
    for (const line of lines) {
      test(`${name}: ${line}`, async () => {
        const want = expected[name]?.[line];
        if (want === undefined) throw new Error('no expectation is written down for this case');
        check(await oneShot(line.split(' '), { cwd: join(folder, name) }), want);
      });
    }
  }
});

function check(ended: Ended, { code, json, out, err }: Expected): void {
  expect(ended.code, ended.err).toBe(code);
  if (json !== undefined) expect(JSON.parse(ended.out)).toMatchObject(json);
  if (out !== undefined) expect(ended.out).toMatch(out);
  if (err !== undefined) expect(ended.err).toMatch(err);
  if (code === 2) expect(ended.out).toBe('');
  if (code === 2) expect(ended.err).toMatch(/Next: /);
}

/** The cases of the table and their command lines, which stand in backquotes in its last column. */
function casesOf(readme: string): [string, string[]][] {
  return readme.split('\n').flatMap((row): [string, string[]][] => {
    const [, name = ''] = /^\| (\d\d-\S+) \|/.exec(row) ?? [];
    const commands = row.slice(row.lastIndexOf(' | ')).matchAll(/`([^`]+)`/g);
    return name === '' ? [] : [[name, [...commands].map(([, line = '']) => line)]];
  });
}
