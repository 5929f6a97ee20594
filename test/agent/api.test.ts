import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemHttp } from '../../src/adapters/system/http.ts';
import type { Agent } from '../../src/agent/agent.ts';
import type { Result } from '../../src/console/client.ts';
import { failures } from '../../src/protocol/failure.ts';
import type { Judgement } from '../../src/protocol/judgement.ts';
import { routes } from '../../src/protocol/routes.ts';
import { agentRig, awaitEnd, awaitState, removeRig } from '../driver/agent-rig.ts';

const rig = agentRig();
const client = rig.client();
let agent: Agent;
let count = 0;

beforeAll(async () => {
  agent = await rig.start();
  await awaitState(client, ({ plan, status }) => plan !== null && status !== null);
});
afterAll(async () => {
  await agent.stop();
  removeRig(rig);
});

function value<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(`${answer.failure.code}: ${answer.failure.message}`);
  return answer.value;
}

const requestId = () => `request-${++count}`;
const judged = async (action: string, args = {}): Promise<Judgement> =>
  value(await client.judge(action, args));

/** Judges and starts. */
async function start(
  action: string,
  args = {},
  more: { word?: string; reason?: string; drive?: boolean } = {},
) {
  const { id } = await judged(action, args);
  return client.start({ judgementId: id, requestId: requestId(), ...more });
}

describe('the API', () => {
  it('tells who it is, how it is, and all it knows', async () => {
    expect(value(await client.info())).toMatchObject({
      version: '1.2.3',
      kind: 'rehearsal',
      label: 'test',
      node: 'master-1',
      lead: 'master-1',
      pid: process.pid,
    });
    const snapshot = value(await client.cluster());
    expect(snapshot.state.plan?.phases.find(({ id }) => id === '/masters/master-2/drain')?.state).toBe(
      'failed',
    );
    const health = JSON.parse(await bodyOf({ path: '/v1/health' }));
    expect(health).toMatchObject({ schema: 1, queue: 0, journalLag: expect.any(Number) });
    expect(health.memory).toBeGreaterThan(1_000_000);
    expect(health.sources.length).toBeGreaterThan(0);
  });

  it('gives the table of actions and its own routes', async () => {
    expect(value(await client.actions()).map(({ id }) => id)).toContain('operation.step');
    const document = JSON.parse(await bodyOf({ path: routes.openapi.path }));
    for (const { path } of Object.values(routes))
      expect(Object.keys(document.paths)).toContain(path.replace(/:(\w+)/g, '{$1}'));
  });

  it('keeps the record', async () => {
    const { entries, next } = value(await client.journal(0));
    expect(entries.map(({ kind }) => kind)).toContain('agent.started');
    expect(value(await client.journal(next)).entries).toEqual([]);
  });

  const wrong: {
    title: string;
    path: string;
    body?: string;
    method?: 'POST';
    code: keyof typeof failures;
  }[] = [
    { title: 'an unknown path', path: '/v2/info', code: 'request.unknown-route' },
    { title: 'a wrong method', path: '/v1/info', body: '{}', code: 'request.method' },
    { title: 'a body that is no JSON', path: '/v1/judgements', body: '{', code: 'request.malformed' },
    {
      title: 'a body of another shape',
      path: '/v1/judgements',
      body: '{"argv":["rm"]}',
      code: 'request.malformed',
    },
    {
      title: 'too large a body',
      path: '/v1/judgements',
      body: 'x'.repeat(70_000),
      code: 'request.too-large',
    },
    {
      title: 'an unknown action',
      path: '/v1/judgements',
      body: '{"action":"plan.eat"}',
      code: 'action.unknown',
    },
    { title: 'an unknown run', path: '/v1/runs/..%2f..', code: 'run.unknown' },
    { title: 'a byte that is no number', path: '/v1/journal?since=-1', code: 'request.malformed' },
    { title: 'the stream without a WebSocket', path: '/v1/stream', code: 'request.malformed' },
    {
      title: 'a run of a judgement never given',
      path: '/v1/runs',
      body: '{"judgementId":"x","requestId":"12345678"}',
      code: 'judgement.unknown',
    },
  ];
  for (const { title, code, ...request } of wrong)
    it(`answers ${title} with ${code}, a sentence and the next step`, async () => {
      const { status, error } = await refusal(request);
      expect(status).toBe(failures[code].status);
      expect(error).toMatchObject({ code });
      expect(error.message.length).toBeGreaterThan(10);
      expect(error.nextStep.length).toBeGreaterThan(3);
    });
});

describe('a run', () => {
  it('goes through gravity, and its output can be read from any byte', async () => {
    rig.acts('echo "executing $3"; echo done; exit 0');
    const run = value(await start('operation.step', {}, { drive: true }));
    expect(run).toMatchObject({ state: 'queued', action: 'operation.step', by: { user: 'ann' } });
    expect(await awaitEnd(client, run.id)).toMatchObject({ state: 'done', exitCode: 0, sentence: null });
    expect(rig.commands().at(-1)).toMatch(/^plan execute --phase=\/masters\/master-2\/drain --operation-id=/);
    const { bytes, next, total } = value(await client.output(run.id, 10));
    expect(new TextDecoder().decode(bytes)).toBe('--phase=/masters/master-2/drain\ndone\n');
    expect([next, total]).toEqual([10 + bytes.length, 10 + bytes.length]);
  });

  it('that fails has gravity’s own sentence', async () => {
    rig.acts('echo "[ERROR]: required phase \\"/init\\" is not completed" >&2; exit 255');
    const run = value(await start('operation.step'));
    expect(await awaitEnd(client, run.id)).toMatchObject({
      state: 'failed',
      exitCode: 255,
      sentence: 'required phase "/init" is not completed',
    });
  });

  it('asked for twice starts once, even at the same moment', async () => {
    rig.acts('exit 0');
    const before = rig.commands().length;
    const { id } = await judged('operation.step');
    const request = { judgementId: id, requestId: requestId() };
    const answers = await Promise.all([client.start(request), client.start(request), client.start(request)]);
    const ids = answers.map((answer) => value(answer).id);
    expect(new Set(ids).size).toBe(1);
    await awaitEnd(client, ids[0] ?? '');
    expect(value(await client.start(request)).id).toBe(ids[0]);
    expect(rig.commands().length).toBe(before + 1);
    const other = await judged('operation.step');
    expect(await client.start({ ...request, judgementId: other.id })).toMatchObject({
      failure: { code: 'request.reused', status: 409 },
    });
  });

  it('waits for the one before it, and they never overlap', async () => {
    rig.acts(`echo begin >> ${rig.dir}/order; sleep 0.2; echo end >> ${rig.dir}/order`);
    const first = value(await start('operation.step'));
    const second = value(await start('operation.step'));
    await awaitEnd(client, second.id);
    expect(value(await client.run(first.id)).state).toBe('done');
    expect(readFileSync(join(rig.dir, 'order'), 'utf8')).toBe('begin\nend\nbegin\nend\n');
  });

  it('can be interrupted, and whoever waits can be taken out', async () => {
    rig.acts('echo up; exec sleep 600');
    const first = value(await start('operation.step'));
    const second = value(await start('operation.step'));
    await awaitState(client, ({ runs }) =>
      runs.find(({ id, outputBytes }) => id === first.id && outputBytes > 0),
    );
    expect(await awaitEnd(client, value(await start('run.interrupt', { run: second.id })).id)).toMatchObject({
      state: 'done',
    });
    expect(value(await client.run(second.id))).toMatchObject({ state: 'cancelled', startedAt: null });
    value(await start('run.interrupt', { run: first.id }));
    expect(await awaitEnd(client, first.id)).toMatchObject({
      state: 'cancelled',
      signal: 'SIGINT',
      interruptedBy: { user: 'ann' },
    });
  });
});

describe('the law', () => {
  it('answers 409 with the difference when what was judged is no longer so', async () => {
    const stale = await judged('operation.step');
    const plan = readFileSync(join(rig.dir, 'plan.json'), 'utf8');
    // The failed drain, completed meanwhile: the next leaf is another one.
    writeFileSync(join(rig.dir, 'next.json'), plan.replaceAll('"state": "failed"', '"state": "completed"'));
    rig.acts(`cp ${rig.dir}/next.json ${rig.dir}/plan.json`);
    await awaitEnd(client, value(await start('operation.step')).id);
    await awaitState(client, ({ plan: now }) => now?.phases.every(({ state }) => state !== 'failed'));
    const before = rig.commands().length;
    expect(await client.start({ judgementId: stale.id, requestId: requestId() })).toMatchObject({
      failure: {
        code: 'judgement.changed',
        status: 409,
        difference: expect.arrayContaining([
          expect.stringMatching(/what will run: was .*drain.*, is .*system-upgrade/),
          'the node it runs on: was master-1, is master-2',
        ]),
      },
    });
    expect(rig.commands().length).toBe(before);
  });

  it('judges what waited again, and does not start what has become something else', async () => {
    writeFileSync(
      join(rig.dir, 'next.json'),
      readFileSync(join(rig.dir, 'plan.json'), 'utf8').replace(
        /("id": "\/masters\/master-2\/system-upgrade",)/,
        '$1"state": "completed",',
      ),
    );
    rig.acts(
      `echo up; cp ${rig.dir}/next.json ${rig.dir}/plan.json; while [ -e ${rig.dir}/act.sh ] && [ ! -e ${rig.dir}/go ]; do sleep 0.05; done`,
    );
    const first = value(await start('operation.step'));
    const second = value(await start('operation.step'));
    await awaitState(client, ({ plan }) =>
      plan?.phases.find(
        ({ id, state }) => id === '/masters/master-2/system-upgrade' && state === 'completed',
      ),
    );
    writeFileSync(join(rig.dir, 'go'), '');
    await awaitEnd(client, first.id);
    expect(await awaitEnd(client, second.id)).toMatchObject({
      state: 'cancelled',
      startedAt: null,
      sentence: expect.stringContaining('while it waited'),
    });
  });

  it('wants the word, and the right one', async () => {
    const judgement = await judged('operation.complete');
    expect(judgement.confirm.kind).toBe('type');
    for (const word of [undefined, 'wrong'])
      expect(
        await client.start({ judgementId: judgement.id, requestId: requestId(), ...(word && { word }) }),
      ).toMatchObject({ failure: { code: 'word.wrong', status: 422 } });
  });

  it('wants a reason where the row does', async () => {
    const { confirm } = await judged('cluster.status-reset');
    expect(await start('cluster.status-reset', {}, { word: confirm.word ?? '' })).toMatchObject({
      failure: { code: 'reason.missing', status: 422 },
    });
  });

  it('does not start what is refused', async () => {
    const { allowed, id } = await judged('phase.force', { phase: '/masters' });
    expect(allowed).toBe(false);
    expect(await client.start({ judgementId: id, requestId: requestId() })).toMatchObject({
      failure: { code: 'action.refused', status: 403 },
    });
  });

  it('lets nobody change anything through the viewers’ socket', async () => {
    const viewer = rig.client({}, 'watch');
    expect(value(await viewer.info()).kind).toBe('rehearsal');
    expect(await viewer.judge('operation.step', {})).toMatchObject({
      failure: { code: 'action.viewer', status: 403 },
    });
    const { id } = await judged('operation.step');
    expect(await viewer.start({ judgementId: id, requestId: requestId(), drive: true })).toMatchObject({
      failure: { code: 'action.viewer' },
    });
  });

  it('lets one drive: another console must take the wheel, with a reason, and all are told', async () => {
    const bob = rig.client({ user: 'bob', console: 'console-2' });
    const { id } = await judged('operation.step');
    expect(await bob.start({ judgementId: id, requestId: requestId(), drive: true })).toMatchObject({
      failure: { code: 'wheel.held', message: expect.stringContaining('ann') },
    });
    const take = await judged('wheel.take');
    expect(take.confirm.reason).toBe(true);
    const taking = { judgementId: take.id, requestId: requestId() };
    expect(await bob.start(taking)).toMatchObject({ failure: { code: 'reason.missing' } });
    expect(value(await bob.start({ ...taking, reason: 'ann sleeps' })).state).toBe('done');
    expect(value(await client.cluster()).state.wheel).toMatchObject({
      holder: { user: 'bob' },
      reason: 'ann sleeps',
    });
    expect(await client.start({ judgementId: id, requestId: requestId() })).toMatchObject({
      failure: { code: 'wheel.held', message: expect.stringContaining('bob') },
    });
    const release = await judged('wheel.release');
    expect(value(await bob.start({ judgementId: release.id, requestId: requestId() })).state).toBe('done');
    expect(await client.start({ judgementId: id, requestId: requestId() })).toMatchObject({
      failure: { code: 'wheel.held', message: expect.stringContaining('no active driver') },
    });
  });
});

async function raw({ path, body }: { path: string; body?: string }) {
  const answer = await systemHttp(systemClock()).request({
    url: path,
    socket: join(rig.dir, 'agent.sock'),
    ...(body === undefined ? {} : { method: 'POST', body }),
    timeoutMs: 10_000,
    maxBytes: 10_000_000,
  });
  if (!answer.ok) throw new Error(answer.message);
  return { status: answer.status, text: new TextDecoder().decode(answer.body) };
}

async function bodyOf(request: { path: string }): Promise<string> {
  return (await raw(request)).text;
}

async function refusal(request: { path: string; body?: string }) {
  const { status, text } = await raw(request);
  return { status, error: JSON.parse(text).error };
}
