import { describe, expect, test } from 'vitest';
import type { Http, HttpAnswer } from '../../src/ports.ts';
import { oneShot } from '../commands/one-shot.ts';
import { clusterOf, now, recordedPlan } from './a-scene.ts';

const cluster = clusterOf(recordedPlan('failed-3m2w'));
const refused: HttpAnswer = { ok: false, code: 'ECONNREFUSED', message: 'refused', durationMs: 0 };
const bodies: Record<string, unknown> = {
  '/v1/info': {
    schema: 1,
    version: '0.1.0',
    protocol: 1,
    kind: 'live',
    label: null,
    readOnly: false,
    pid: 7,
    epoch: 'e1',
    node: 'master-1',
    place: cluster.place,
    lead: 'master-1',
    binaries: [],
    sources: Object.values(cluster.sources),
    wheel: cluster.wheel,
  },
  '/v1/cluster': { schema: 1, epoch: 'e1', seq: 1, at: new Date(now).toISOString(), state: cluster },
};

/** An agent that answers from `bodies` on one socket; nobody listens on any other. */
function agentOn(socket: string): Partial<Http> {
  return {
    request: async (request) => {
      const body = bodies[request.url];
      if (request.socket !== socket || body === undefined) return refused;
      return {
        ok: true,
        status: 200,
        headers: {},
        body: new TextEncoder().encode(JSON.stringify(body)),
        durationMs: 0,
      };
    },
  };
}

describe('the bare command', () => {
  test('without an agent says what this machine is and what to do, exit 5', async () => {
    const { code, err } = await oneShot([], { http: { request: async () => refused } });
    expect(code).toBe(5);
    expect(err).toContain('no agent runs here');
    expect(err).toContain('gravity-console demo');
    expect(err.length).toBeLessThanOrEqual(500);
  });
  test('without a terminal says the cluster in one line and how to get a terminal, exit 2', async () => {
    const { code, out, err } = await oneShot(['--agent', 'unix:/tmp/a.sock'], {
      http: agentOn('/tmp/a.sock'),
    });
    expect(code).toBe(2);
    expect(out).toMatch(/^LIVE {2}.*22 of 86 leaves completed.*\n$/);
    expect(err).toContain('tsh ssh -t');
  });
  test('a screen that is not there is refused with those that are, exit 2', async () => {
    const { code, err } = await oneShot(['--screen', 'nothing']);
    expect(code).toBe(2);
    expect(err).toContain('overview, plan, nodes, history, operations, runs');
  });
});
