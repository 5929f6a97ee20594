import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/console/client.ts';
import type { Http, HttpAnswer, HttpRequest, SocketHandlers } from '../../src/ports.ts';
import type { StreamMessage } from '../../src/protocol/stream.ts';

const by = { user: 'ann', from: null, tty: null, console: 'c-1' };
const bytes = (text: string) => new TextEncoder().encode(text);

/** An agent that always answers the same. */
function answering(answer: HttpAnswer) {
  const asked: HttpRequest[] = [];
  const sockets: { path: string; handlers: SocketHandlers; sent: string[] }[] = [];
  const http: Http = {
    request: async (request) => {
      asked.push(request);
      return answer;
    },
    connect: ({ path }, handlers) => {
      const socket = { path, handlers, sent: [] as string[] };
      sockets.push(socket);
      return { send: (text) => void socket.sent.push(text), close: () => {} };
    },
    dial: async () => ({ failed: 'no', code: 'ENOENT' }),
    over: () => {
      throw new Error('not asked for here');
    },
  };
  return { client: createClient({ http, socket: '/run/a.sock', by }), asked, sockets };
}

const served = (status: number, body: unknown, headers = {}): HttpAnswer => ({
  ok: true,
  status,
  headers,
  body: bytes(typeof body === 'string' ? body : JSON.stringify(body)),
  durationMs: 1,
});
const unreached = (code: string): HttpAnswer => ({
  ok: false,
  code,
  message: `connect ${code}`,
  durationMs: 1,
});

const info = {
  schema: 1,
  version: '1',
  protocol: 1,
  kind: 'live',
  label: null,
  readOnly: false,
  pid: 7,
  epoch: 'e',
  node: null,
  place: { node: null, ip: null, by: 'unknown' },
  lead: null,
  binaries: [],
  sources: [],
  wheel: { holder: null, since: null, reason: null },
};

describe('the client', () => {
  const failures: { title: string; answer: HttpAnswer; code: string; says: RegExp }[] = [
    {
      title: 'no socket',
      answer: unreached('ENOENT'),
      code: 'agent.none',
      says: /no agent answers on .*no such/,
    },
    { title: 'a dead socket', answer: unreached('ECONNREFUSED'), code: 'agent.none', says: /nobody listens/ },
    { title: 'a forbidden socket', answer: unreached('EACCES'), code: 'agent.none', says: /may not use it/ },
    {
      title: 'an agent that hangs',
      answer: unreached('timeout'),
      code: 'agent.none',
      says: /does not answer/,
    },
    { title: 'another program', answer: served(404, '<html>'), code: 'agent.none', says: /is no agent/ },
    { title: 'nonsense', answer: served(200, '{"schema":1}'), code: 'agent.unreadable', says: /cannot read/ },
    {
      title: 'a refusal',
      answer: served(403, { error: { code: 'wheel.held', message: 'bob drives', nextStep: 'take it' } }),
      code: 'wheel.held',
      says: /bob drives/,
    },
    {
      title: 'an agent much newer',
      answer: served(200, { ...info, protocol: 9 }),
      code: 'agent.protocol',
      says: /newer/,
    },
  ];
  for (const { title, answer, code, says } of failures)
    it(`tells ${title} as ${code}, with a sentence and the next step`, async () => {
      expect(await answering(answer).client.info()).toMatchObject({
        ok: false,
        failure: { code, message: expect.stringMatching(says), nextStep: expect.stringMatching(/.{5}/) },
      });
    });

  it('reads an agent one protocol apart, and passes over what it does not know', async () => {
    const answer = served(200, { ...info, protocol: 2, moon: 'full' });
    expect(await answering(answer).client.info()).toMatchObject({ ok: true, value: { protocol: 2 } });
  });

  it('says who asks, and never sends a command line', async () => {
    const { client, asked } = answering(served(200, {}));
    await client.judge('phase.execute', { phase: '/init' });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      action: 'phase.execute',
      args: { phase: '/init' },
      by,
    });
  });

  it('reads output from a byte on and says where it goes on', async () => {
    const { client, asked } = answering(
      served(200, 'abc', { 'x-output-next': '13', 'x-output-total': '20' }),
    );
    expect(await client.output('a/b', 10)).toMatchObject({ value: { next: 13, total: 20 } });
    expect(asked[0]?.url).toBe('/v1/runs/a%2Fb/output?from=10');
  });

  it('streams from where it stood, passes over what is no message, and holds the wheel', () => {
    const { client, sockets } = answering(served(200, {}));
    const got: StreamMessage[] = [];
    const stream = client.stream({
      since: { epoch: 'e+1', seq: 7 },
      onMessage: (message) => got.push(message),
      onClose: () => {},
    });
    const [socket] = sockets;
    expect(socket?.path).toBe('/v1/stream?since=e%2B1.7');
    for (const text of [
      '{',
      'null',
      '{"type":"event","epoch":"e","seq":8}',
      '{"type":"beat","epoch":"e","seq":8}',
    ])
      socket?.handlers.onMessage(text);
    expect(got).toEqual([{ type: 'beat', epoch: 'e', seq: 8 }]);
    stream.hold();
    expect(socket?.sent).toEqual(['{"type":"hold","console":"c-1"}']);
  });
});
