import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { systemHttp } from '../../../src/adapters/system/http.ts';
import { systemProcesses } from '../../../src/adapters/system/processes.ts';
import { systemServer } from '../../../src/adapters/system/server.ts';
import type { Handlers, Listening, Peer, ServedRequest } from '../../../src/ports.ts';

const clock = systemClock();
const http = systemHttp(clock);
const server = systemServer();
const folder = mkdtempSync(join(tmpdir(), 'gc-net-'));
const limits = { timeoutMs: 5_000, maxBytes: 100_000 };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const open: Listening[] = [];
let count = 0;

afterEach(async () => {
  await Promise.all(open.splice(0).map((listening) => listening.close()));
});

async function listen(handlers: Handlers, path = join(folder, `s:${++count}`)): Promise<string> {
  open.push(await server.listenUnix({ path, mode: 0o600, door: 'operator', maxBody: 1_000 }, handlers));
  return path;
}

describe('requests over a Unix socket', () => {
  it('arrive with method, path, query, body and door, and are answered', async () => {
    const seen: ServedRequest[] = [];
    const socket = await listen({
      handle(request) {
        seen.push(request);
        return { status: 418, headers: { 'x-length': '7' }, body: 'teapot' };
      },
    });
    const answer = await http.request({
      url: '/v1/x?from=3',
      socket,
      method: 'POST',
      body: '{"a":1}',
      ...limits,
    });
    expect(answer).toMatchObject({ ok: true, status: 418, headers: { 'x-length': '7' } });
    expect(answer.ok && text(answer.body)).toBe('teapot');
    expect(seen[0]).toMatchObject({
      method: 'POST',
      path: '/v1/x',
      query: { from: '3' },
      body: '{"a":1}',
      door: 'operator',
    });
  });

  it('a body past the limit is answered 413 and a handler that throws 500', async () => {
    const socket = await listen({
      handle: () => {
        throw new Error('bug');
      },
    });
    const post = (body: string) => http.request({ url: '/', socket, method: 'POST', body, ...limits });
    expect(await post('x'.repeat(1_001))).toMatchObject({ status: 413 });
    expect(await post('x')).toMatchObject({ status: 500 });
  });

  it('an answer past the limit, one that never comes and nobody there are typed', async () => {
    const socket = await listen({
      handle: ({ path }) =>
        path === '/large' ? { status: 200, body: 'x'.repeat(2_000) } : new Promise<never>(() => {}),
    });
    const small = { timeoutMs: 300, maxBytes: 1_000 };
    expect(await http.request({ url: '/large', socket, ...small })).toMatchObject({ code: 'too-large' });
    expect(await http.request({ url: '/never', socket, ...small })).toMatchObject({ code: 'timeout' });
    expect(await http.request({ url: '/', socket: `${socket}x`, ...small })).toMatchObject({
      code: 'ENOENT',
    });
  });

  it('garbage on the socket ends that connection alone', async () => {
    const socket = await listen({ handle: () => ({ status: 200, body: 'well' }) });
    const peer = await http.dial(socket);
    if ('failed' in peer) throw new Error(peer.failed);
    const closed = new Promise<void>((resolve) => peer.onClose(resolve));
    peer.onData(() => {});
    peer.write('\x00\x01 garbage\r\n\r\n');
    await closed;
    expect(await http.request({ url: '/', socket, ...limits })).toMatchObject({ status: 200 });
  });
});

describe('a Unix socket', () => {
  it('has its mode and goes when closed', async () => {
    const path = await listen({ handle: () => ({ status: 200, body: '' }) });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await open.pop()?.close();
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('somebody listens on is left to them; a file is no socket', async () => {
    const handlers = { handle: () => ({ status: 200, body: '' }) };
    const path = await listen(handlers);
    await expect(listen(handlers, path)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const file = join(folder, 'file');
    writeFileSync(file, 'mine');
    await expect(listen(handlers, file)).rejects.toMatchObject({ code: 'ENOTSOCK' });
  });

  it('left behind by a killed program is taken over', async () => {
    const path = join(folder, 'stale');
    const program = `require('net').createServer().listen(${JSON.stringify(path)},()=>console.log('up'))`;
    const started = systemProcesses(clock).start({ path: process.execPath, argv: ['-e', program] });
    await new Promise<void>((resolve) => started.onStdout(() => resolve()));
    started.kill('SIGKILL');
    await started.exited;
    await listen({ handle: () => ({ status: 204, body: '' }) }, path);
    expect(await http.request({ url: '/', socket: path, ...limits })).toMatchObject({ status: 204 });
  });

  it('with too long a path, or for a group that is not there, is refused with a sentence', async () => {
    const handlers = { handle: () => ({ status: 200, body: '' }) };
    await expect(listen(handlers, `/tmp/${'x'.repeat(120)}`)).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
    const path = join(folder, 'grouped');
    const at = { path, mode: 0o660, group: 'no-such-group', door: 'viewer', maxBody: 1 };
    await expect(server.listenUnix(at, handlers)).rejects.toThrow('there is no group no-such-group');
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe('a WebSocket over a Unix socket', () => {
  it('carries messages both ways and tells its end to both', async () => {
    let peer: Peer | undefined;
    const heard = Promise.withResolvers<string>();
    const gone = Promise.withResolvers<void>();
    const socket = await listen({
      handle: () => ({ status: 404, body: '' }),
      upgrade(request, opened) {
        peer = opened;
        opened.onMessage((message) => heard.resolve(`${request.path} ${request.query['since']} ${message}`));
        opened.onClose(() => gone.resolve());
        opened.send('welcome');
      },
    });
    const welcome = Promise.withResolvers<string>();
    const ended = Promise.withResolvers<{ code: number; message: string }>();
    const client = http.connect(
      { socket, path: '/v1/stream?since=a.1' },
      { onMessage: welcome.resolve, onClose: ended.resolve },
    );
    client.send('hold');
    expect(await welcome.promise).toBe('welcome');
    expect(await heard.promise).toBe('/v1/stream a.1 hold');
    expect(peer?.buffered()).toBe(0);
    peer?.close(4000, 'enough');
    expect(await ended.promise).toEqual({ code: 4000, message: 'enough' });
    await gone.promise;
  });

  it('to nobody ends with the reason', async () => {
    const ended = Promise.withResolvers<{ code: number; message: string }>();
    http.connect({ socket: join(folder, 'nobody'), path: '/' }, { onMessage() {}, onClose: ended.resolve });
    expect(await ended.promise).toMatchObject({ code: 1006, message: expect.stringContaining('ENOENT') });
  });
});

describe('transport trouble over TCP', () => {
  it('a port nobody listens on is ECONNREFUSED', async () => {
    const probe = createNetServer();
    const port = await new Promise<number>((resolve) => {
      probe.listen(0, '127.0.0.1', () => {
        const address = probe.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    await new Promise((resolve) => probe.close(resolve));
    expect(await http.request({ url: `https://127.0.0.1:${port}/`, ...limits })).toMatchObject({
      ok: false,
      code: 'ECONNREFUSED',
    });
  });
});
