import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { readPlan } from '../../src/adapters/gravity/plan.ts';
import { phaseKinds } from '../../src/model/phase-kinds.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { ExplainTwinSchema } from '../../src/protocol/twins.ts';
import type { Why } from '../../src/protocol/why.ts';
import { recording } from '../recordings.ts';
import { agentStub, freshCluster } from './agent-stub.ts';
import { now, oneShot } from './one-shot.ts';

const agent = ['--agent', 'unix:/a.sock'];
const drain = '/masters/master-2/drain';
const file = ['--file', new URL('../recordings/plans/failed-3m2w.json', import.meta.url).pathname];
const nobody = {
  http: { request: async () => ({ ok: false, code: 'ENOENT', message: 'no', durationMs: 0 }) },
};
const why: Why = {
  id: 'budget',
  phase: drain,
  question: `Why did ${drain} fail?`,
  causes: [{ text: 'the budget shop-db allows none', source: 'kubernetes', at: '2026-11-23T03:59:00Z' }],
  next: {
    what: 'action',
    text: 'execute it again',
    action: 'phase.execute',
    args: {},
    commands: ['/g plan execute'],
  },
  after: 'then resume',
};

async function withPlan(part: Partial<Cluster> = {}): Promise<Cluster> {
  const reading = await readPlan(recording('plans/failed-3m2w.json'), now);
  if (!reading.ok) throw new Error(reading.problem.sentence);
  const binary = {
    path: '/opt/image/gravity',
    from: 'option',
    drives: true,
    polls: true,
    problem: null,
  } as const;
  const version = reading.value.operation.gravityVersion;
  return freshCluster({
    plan: reading.value,
    place: { node: 'master-1', ip: '192.168.1.11', by: 'option' },
    binaries: [{ ...binary, version }],
    ...part,
  });
}

async function explained(words: string[], part: Partial<Cluster> = {}) {
  const { http, asked } = agentStub(await withPlan(part), {
    'GET /v1/why': () => ({ body: { schema: 1, why } }),
  });
  return { ...(await oneShot(['explain', ...words, ...agent], { http })), asked };
}

describe('a phase of the plan that an agent knows', () => {
  test('keeps the contract, with commands by the right binary', async () => {
    const { out, code, err } = await explained([drain, '-o', 'json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const twin = v.parse(ExplainTwinSchema, JSON.parse(out));
    expect(twin).toEqual(JSON.parse(out));
    expect(twin.phase).toMatchObject({ id: drain, state: 'failed', node: 'master-2', runsOn: 'master-1' });
    expect(twin.phase?.error).toContain('disruption budget');
    expect(twin.time).toMatchObject({ p50Ms: 60_000, from: 'defaults', seen: 0 });
    expect(twin.checks[0]?.command).toMatch(
      /^\/opt\/image\/gravity exec kubectl get pods .*=192\.168\.1\.12$/,
    );
    expect(twin.rollback.command).toMatch(
      /^\/opt\/image\/gravity plan rollback --phase=\/masters\/master-2\/drain/,
    );
    expect(twin.why).toEqual(why);
  });

  test('in text has every section, in order, and the why with its next command', async () => {
    const { out } = await explained([drain]);
    const heads = out.split('\n').filter((line) => /^[A-Z]/.test(line));
    expect(heads).toEqual([
      'REHEARSAL test',
      'Drain a node (drain_node)',
      `Why did ${drain} fail?`,
      'What it does',
      'How long',
      'Typical failures',
      'Checks',
      'Recovery',
      'What not to do',
      'How it is rolled back',
    ]);
    expect(out).toContain('the budget shop-db allows none (kubernetes, 2026-11-23T03:59:00Z)');
    expect(out).toContain('/g plan execute');
  });

  test('says what it requires and how that stands', async () => {
    const { out } = await explained(['/masters/master-2/system-upgrade', '-o', 'json']);
    expect(JSON.parse(out).phase.requires).toEqual([{ phase: drain, state: 'failed' }]);
  });

  test('says why it cannot be rolled back now', async () => {
    const { out } = await explained(['/masters/master-3/drain', '-o', 'json']);
    expect(JSON.parse(out).rollback).toMatchObject({
      command: null,
      refusal: expect.stringContaining("hasn't been executed yet"),
    });
  });

  test('a group is explained by the leaf of it that failed, and says so', async () => {
    const { out, err } = await explained(['/masters', '-o', 'json']);
    expect(JSON.parse(out).phase.id).toBe(drain);
    expect(err).toContain(`/masters is a group: this is the runbook of its leaf ${drain}`);
  });

  test('an agent that cannot say why leaves the page whole', async () => {
    const { http } = agentStub(await withPlan());
    const ended = await oneShot(['explain', drain, ...agent], { http });
    expect(ended.code).toBe(0);
    expect(ended.out).toContain('What not to do');
    expect(ended.err).toContain('the agent could not say why');
  });

  test('of a plan grown old it says so and does not end with 0', async () => {
    const cluster = await withPlan();
    const old = { ...cluster.sources.plan, lastGood: '2026-11-22T00:00:00Z' };
    const ended = await explained([drain], { sources: { ...cluster.sources, plan: old } });
    expect(ended).toMatchObject({ code: 7, err: expect.stringContaining('was last good at') });
  });
});

describe('what there is not', () => {
  test('a phase by another name is refused with the nearest ids', async () => {
    const { code, out, err } = await explained(['/masters/master2/drain']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/no phase "\/masters\/master2\/drain".*nearest are \/masters\/master-2\/drain/);
  });

  test('a last name alone leads to the ids that end in it', async () => {
    const { code, err } = await explained(['stepdown']);
    expect(code).toBe(2);
    expect(err).toContain('/masters/master-1/stepdown');
  });

  test('no phase, or two, is a mistake', async () => {
    expect((await oneShot(['explain'])).code).toBe(2);
    expect((await oneShot(['explain', '/init', '/checks'])).code).toBe(2);
  });

  test('escape sequences in what was asked do not reach the terminal', async () => {
    const { err } = await explained(['/a\u001b[31mb']);
    expect(err).not.toContain('\u001b');
  });
});

describe('without an agent', () => {
  test.for(Object.keys(phaseKinds))('the kind %s has its page', async (kind) => {
    const ended = await oneShot(['explain', kind], nobody as object);
    expect(ended.code).toBe(0);
    expect(ended.out).toContain('Typical failures');
    expect(ended.err).toContain('no agent answers');
  });

  test('a phase’s page is not guessed: what is unknown is said, with a kind to read', async () => {
    const ended = await oneShot(['explain', drain], nobody as object);
    expect(ended).toMatchObject({ code: 5, out: '' });
    expect(ended.err).toMatch(/the kind, the state and the error of .*drain are unknown.*explain drain_node/);
  });

  test('a saved plan is enough, and its commands call gravity by its name', async () => {
    const ended = await oneShot(['explain', drain, '-o', 'json', ...file]);
    expect(ended).toMatchObject({ code: 0, err: '' });
    const twin = v.parse(ExplainTwinSchema, JSON.parse(ended.out));
    expect(twin.phase?.error).toContain('disruption budget');
    expect(twin.checks[0]?.command).toMatch(/^gravity exec kubectl/);
    expect(twin.rollback).toMatchObject({
      command: expect.stringContaining('gravity plan rollback'),
      refusal: null,
    });
  });

  test('a saved plan and an agent exclude each other', async () => {
    expect((await oneShot(['explain', drain, ...file, ...agent])).code).toBe(2);
  });

  test('a missing runbook is said, and the rest is there', async () => {
    const ended = await oneShot(['explain', drain, ...file], { ports: { assets: '/no/such' } });
    expect(ended.code).toBe(0);
    expect(ended.out).toContain('The page drain is missing.');
    expect(ended.out).toContain('exec kubectl get pods');
  });
});
