import { describe, expect, test } from 'vitest';
import { pauseToPublication } from '../../src/agent/schedule.ts';
import type { HttpAnswer } from '../../src/ports.ts';
import { noFiles } from '../driver/agent-ports.ts';
import { polledAgent } from '../driver/polled-agent.ts';

const roundMs = 30_000;

describe('the pace of health', () => {
  test.each([0, 1, 9_999, 17_000, 29_999])('follows the rounds of the endpoint, %s ms after one', (after) => {
    const collected = 1_000_000;
    const beganAt = collected + after;
    const pause = pauseToPublication({ collected, beganAt });
    const next = beganAt + pause;
    expect((next - collected - 2000) % roundMs).toBe(0);
    expect(pause).toBeGreaterThanOrEqual(20_000);
    expect(pause).toBeLessThan(50_000);
    const published = next - 2000;
    expect(pauseToPublication({ collected: published, beganAt: next })).toBe(roundMs);
  });

  test('asks 2 to 3 s after each publication, no more often than every 30 s', async () => {
    const { clock, asked, poller } = await polledHealth();
    poller.start();
    await clock.advance(600_000);
    const settled = asked.health.slice(2);
    for (const at of settled) {
      const sincePublished = (at - rounds.offset) % roundMs;
      expect(sincePublished).toBeGreaterThanOrEqual(2000);
      expect(sincePublished).toBeLessThanOrEqual(3000);
    }
    expect(asked.health.length).toBeLessThanOrEqual(21);
  });

  test('reads the history once more when health changes, and when its endpoint is back', async () => {
    const { clock, asked, poller, world } = await polledHealth();
    poller.start();
    await clock.advance(60_000);
    const before = asked.history.length;
    world.isBroken = true;
    await clock.advance(40_000);
    expect(asked.history.length).toBe(before + 1);
    world.isDown = true;
    await clock.advance(60_000);
    world.isDown = false;
    const down = asked.history.length;
    await clock.advance(40_000);
    expect(asked.history.length).toBe(down + 1);
  });
});

/** The endpoint begins a collection at this many ms past each half minute of our clock. */
const rounds = { offset: 11_400 } as const;

async function polledHealth() {
  const asked = { health: [] as number[], history: [] as number[] };
  const world = { isBroken: false, isDown: false };
  const time = { now: () => 0 };
  const request = async ({ url }: { url: string }): Promise<HttpAnswer> => {
    const now = time.now();
    asked[url.endsWith('/history') ? 'history' : 'health'].push(now);
    if (world.isDown) return { ok: false, code: 'ECONNREFUSED', message: 'no', durationMs: 1 };
    const at = Math.floor((now - rounds.offset) / roundMs) * roundMs + rounds.offset;
    const body = url.endsWith('/history') ? {} : bodyAt(at, world.isBroken);
    return {
      ok: true,
      status: 200,
      headers: { date: new Date(now).toUTCString() },
      body: new TextEncoder().encode(JSON.stringify(body)),
      durationMs: 1,
    };
  };
  const agent = await polledAgent(() => ({ exitCode: 255, stderr: '[ERROR]: no\n' }), {
    parts: { http: { request }, files: { ...noFiles, readText: async () => 'PEM' } },
    options: { health: { url: 'https://127.0.0.1:7575', ca: '/ca', cert: '/cert', key: '/key' } },
  });
  time.now = agent.clock.now;
  return { ...agent, asked, world };
}

function bodyAt(at: number, isBroken: boolean) {
  const docker = isBroken
    ? { checker: 'docker', status: 'failed', error: 'no' }
    : { checker: 'docker', status: 'running' };
  const name = '10_0_0_1.demo';
  const member_status = { name, status: 'alive', tags: { publicip: '10.0.0.1', role: 'master' } };
  const node = { name, member_status, status: isBroken ? 'degraded' : 'running', probes: [docker] };
  return { status: 'running', nodes: [node], timestamp: new Date(at).toISOString() };
}
