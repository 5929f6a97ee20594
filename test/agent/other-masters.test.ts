import { describe, expect, test } from 'vitest';
import type { HttpAnswer } from '../../src/ports.ts';
import { noFiles } from '../driver/agent-ports.ts';
import { polledAgent } from '../driver/polled-agent.ts';
import { recording, recordingText } from '../recordings.ts';

const plan = recordingText('plans/fresh-3m2w.json');
const files = { readText: async () => 'PEM' };
const own = 'https://127.0.0.1:7575';
const certificates = { ca: '/ca', cert: '/cert', key: '/key' };

describe('while the health endpoint of this node does not answer', () => {
  test('another master is asked with the same certificates, and named', async () => {
    const { agent, asked } = await polled({ [own]: refused, 'https://192.168.1.12:7575': healthy() });
    await agent.clock.advance(120_000);
    const { sources, health } = agent.ledger.state();
    expect(sources.health).toMatchObject({
      state: 'good',
      via: 'master-2',
      problem: { code: 'health.refused' },
    });
    expect(health?.nodes.length).toBeGreaterThan(0);
    expect(asked.get('https://192.168.1.12:7575/')).toEqual({ ca: 'PEM', cert: 'PEM', key: 'PEM' });
    expect(sources.history).toMatchObject({ via: 'master-2' });
  });

  test('the one after it is asked when that one does not answer either', async () => {
    const { agent } = await polled({ [own]: refused, 'https://192.168.1.13:7575': healthy() });
    await agent.clock.advance(120_000);
    expect(agent.ledger.state().sources.health).toMatchObject({ state: 'good', via: 'master-3' });
  });

  test('the endpoint of this node counts again as soon as it answers', async () => {
    const answers: Record<string, () => HttpAnswer> = {
      [own]: refused,
      'https://192.168.1.12:7575': healthy(),
    };
    const { agent } = await polled(answers);
    await agent.clock.advance(120_000);
    answers[own] = healthy();
    await agent.clock.advance(60_000);
    expect(agent.ledger.state().sources.health).toMatchObject({ state: 'good', problem: null });
    expect(agent.ledger.state().sources.health.via).toBeUndefined();
  });

  test('a rehearsal asks only the endpoints it was given, never the addresses in its plan', async () => {
    const others = { byAddress: false, urls: { 'master-3': 'https://127.0.0.1:1' } };
    const { agent, asked } = await polled({ [own]: refused, 'https://127.0.0.1:1': healthy() }, others);
    await agent.clock.advance(120_000);
    expect(agent.ledger.state().sources.health).toMatchObject({ state: 'good', via: 'master-3' });
    expect([...asked.keys()].filter((url) => url.includes('192.168'))).toEqual([]);
  });

  test('a worker, which has no history, asks a master for it and never itself again', async () => {
    const answers = { [own]: healthy(), 'https://192.168.1.11:7575': healthy() };
    const { agent, asked } = await polled(answers, { byAddress: true, urls: {} }, 'worker-1');
    await agent.clock.advance(60_000);
    asked.clear();
    await agent.clock.advance(600_000);
    expect(agent.ledger.state().sources.history).toMatchObject({ state: 'good', via: 'master-1' });
    expect(asked.has(`${own}/history`)).toBe(false);
    expect(agent.ledger.state().sources.health.via).toBeUndefined();
  });

  test('nobody else is asked when our own certificate is refused', async () => {
    const { agent, asked } = await polled({ [own]: alert });
    await agent.clock.advance(120_000);
    expect(agent.ledger.state().sources.health.problem?.code).toBe('health.certificate-refused');
    expect([...asked.keys()].filter((url) => url.includes('192.168'))).toEqual([]);
  });
});

function refused(): HttpAnswer {
  return { ok: false, code: 'ECONNREFUSED', message: 'connect ECONNREFUSED', durationMs: 1 };
}

function alert(): HttpAnswer {
  return { ok: false, code: 'EPROTO', message: 'sslv3 alert bad certificate', durationMs: 1 };
}

function healthy(): () => HttpAnswer {
  return () => ({
    ok: true,
    status: 200,
    headers: {},
    body: recording('satellite/healthy-3nodes.body.json'),
    durationMs: 5,
  });
}

async function polled(
  answers: Record<string, () => HttpAnswer>,
  others: { byAddress: boolean; urls: Record<string, string> } = { byAddress: true, urls: {} },
  node = 'master-1',
) {
  const asked = new Map<string, object | undefined>();
  const request = async ({ url, tls }: { url: string; tls?: object }): Promise<HttpAnswer> => {
    asked.set(url, tls);
    const answer = answers[url.replace(/\/(history)?$/, '')] ?? refused;
    const said = answer();
    const isHistory = url.endsWith('/history') && said.ok;
    return isHistory ? { ...said, body: new TextEncoder().encode('{}') } : said;
  };
  const agent = await polledAgent(
    ([verb]) =>
      verb === 'plan'
        ? { stdout: plan }
        : verb === 'version'
          ? { stdout: '{"version":"7.0.40"}' }
          : { exitCode: 255, stderr: '[ERROR]: no\n' },
    {
      parts: {
        http: { request },
        files: { ...noFiles, ...files },
      },
      options: { node, health: { url: own, ...certificates, others } },
    },
  );
  agent.poller.start();
  return { agent, asked };
}
