import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemFiles } from '../../src/adapters/system/files.ts';
import { systemHttp } from '../../src/adapters/system/http.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import { createClient } from '../../src/console/client.ts';
import type { Started } from '../../src/ports.ts';
import { command } from '../driver/command.ts';

const clock = systemClock();
const http = systemHttp(clock);
const processes = systemProcesses(clock);
const bin = resolve(import.meta.dirname, '../../bin/gravity-console.mjs');
const by = { user: 'ann', from: null, tty: null, console: null };
const running: Started[] = [];

afterAll(() => {
  for (const started of running) started.kill('SIGKILL');
});

const freshDirectory = () => mkdtempSync(join(tmpdir(), 'gc-cmd-'));
const wordsIn = (dir: string) => [
  'agent',
  `--listen=unix:${dir}/agent.sock`,
  `--state-dir=${dir}/state`,
  '--units=none',
];

async function startAgent(dir: string, ...more: string[]) {
  const started = processes.start({ path: process.execPath, argv: [bin, ...wordsIn(dir), ...more] });
  running.push(started);
  let errors = '';
  started.onStderr((chunk) => {
    errors += String(chunk);
  });
  const line = await Promise.race([
    new Promise<string>((done) => started.onStdout((chunk) => done(String(chunk)))),
    started.exited.then(({ exitCode }) => `ended with ${exitCode}: ${errors}`),
  ]);
  const client = createClient({ http, socket: join(dir, 'agent.sock'), by });
  return { started, line, client };
}

describe('gravity-console agent', () => {
  it('runs gravity below its own state, where gravity makes its .gravity', async () => {
    const dir = freshDirectory();
    writeFileSync(join(dir, 'gravity'), `#!/bin/sh\npwd >> ${dir}/ran-in\n`, { mode: 0o755 });
    const { started } = await startAgent(dir, `--gravity=${dir}/gravity`, '--health=https://127.0.0.1:1');
    while (!existsSync(join(dir, 'ran-in'))) await clock.wait(20);
    started.kill('SIGTERM');
    await started.exited;
    expect(new Set(readFileSync(join(dir, 'ran-in'), 'utf8').trim().split('\n'))).toEqual(
      new Set([join(dir, 'state', 'work')]),
    );
  });

  it('with nothing to poll starts, says where it listens, stays up and says why it knows nothing', async () => {
    const dir = freshDirectory();
    const { started, line, client } = await startAgent(
      dir,
      '--gravity=/nowhere/gravity',
      '--health=https://127.0.0.1:1',
      '--kind=rehearsal',
      '--label=broken',
    );
    expect(JSON.parse(line)).toEqual({
      socket: join(dir, 'agent.sock'),
      watch: join(dir, 'watch.sock'),
      pid: started.pid,
    });
    expect(await client.info()).toMatchObject({ value: { kind: 'rehearsal', label: 'broken', node: null } });
    expect([
      statSync(join(dir, 'agent.sock')).mode & 0o777,
      statSync(join(dir, 'watch.sock')).mode & 0o777,
    ]).toEqual([0o600, 0o660]);
    expect(statSync(join(dir, 'state')).mode & 0o777).toBe(0o700);
    const health = await new Promise<string>((done) => {
      const { close } = client.stream({
        onMessage: (message) => {
          const sources =
            message.type === 'snapshot'
              ? Object.values(message.state.sources)
              : message.type === 'event' && message.event.kind === 'source.changed'
                ? [message.event.source]
                : [];
          const found = sources.find(({ source, problem }) => source === 'health' && problem !== null);
          if (found === undefined) return;
          close();
          done(found.problem?.code ?? '');
        },
        onClose: () => {},
      });
    });
    expect(health).toBe('health.certificate-missing');
    started.kill('SIGTERM');
    expect(await started.exited).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(dir, 'agent.sock'))).toBe(false);
    const journal = readFileSync(join(dir, 'state/journal.jsonl'), 'utf8');
    const kinds = journal
      .trimEnd()
      .split('\n')
      .map((entry) => JSON.parse(entry).kind);
    expect([kinds[0], kinds.at(-1)]).toEqual(['agent.started', 'agent.stopped']);
  });

  it('is alone on its state, and a killed one leaves nothing in the way of the next', async () => {
    const dir = freshDirectory();
    const first = await startAgent(dir);
    const second = await command([...wordsIn(dir)]);
    expect(second).toMatchObject({ exitCode: 2, stdout: '' });
    expect(second.stderr).toContain(`another agent uses ${dir}/state`);
    first.started.kill('SIGKILL');
    await first.started.exited;
    const third = await startAgent(dir);
    expect(JSON.parse(third.line)).toMatchObject({ pid: third.started.pid });
    third.started.kill('SIGINT');
    expect(await third.started.exited).toMatchObject({ exitCode: 0 });
  });

  it('ends on a signal although its gravity hangs and is deaf to signals, and leaves none behind', async () => {
    const dir = freshDirectory();
    const pidFile = join(dir, 'pid');
    writeFileSync(
      join(dir, 'gravity'),
      `#!/bin/sh\ntrap '' TERM\necho $$ > ${pidFile}\nsleep 600 & wait; wait\n`,
      {
        mode: 0o755,
      },
    );
    const { started } = await startAgent(dir, `--gravity=${dir}/gravity`);
    await contentOf(pidFile);
    started.kill('SIGTERM');
    // The reading itself would have been given 10 s.
    const late = clock.wait(6_000).then(() => 'late');
    expect(await Promise.race([started.exited, late])).toMatchObject({ exitCode: 0 });
    expect(processes.birth(Number(readFileSync(pidFile, 'utf8')))).toBeNull();
  });

  it('ends when the process it belongs to is gone', async () => {
    const parent = processes.start({ path: '/bin/sleep', argv: ['600'] });
    const { started } = await startAgent(freshDirectory(), `--parent=${parent.pid}`);
    parent.kill('SIGKILL');
    expect(await started.exited).toMatchObject({ exitCode: 0 });
  });

  const dir = freshDirectory();
  mkdirSync(join(dir, 'busy'));
  writeFileSync(join(dir, 'busy/agent.sock'), 'no socket');
  const wrong: { title: string; words: string[]; says: string }[] = [
    {
      title: 'a listening address that is no Unix socket',
      words: ['--listen=tcp:1'],
      says: 'write it as unix:PATH',
    },
    {
      title: 'too long a socket path',
      words: [`--listen=unix:${dir}/${'x'.repeat(100)}/agent.sock`],
      says: 'give a shorter --listen',
    },
    {
      title: 'a socket path taken by a file',
      words: [`--listen=unix:${dir}/busy/agent.sock`],
      says: 'is not a socket',
    },
    {
      title: 'a state directory that cannot be',
      words: ['--state-dir=/proc/none'],
      says: 'cannot use /proc/none',
    },
    { title: 'a group that is not there', words: ['--group=no-such-group'], says: 'no group no-such-group' },
    {
      title: 'a health endpoint that is no URL',
      words: ['--health=here'],
      says: '--health "here" is no URL',
    },
    { title: 'an unknown kind', words: ['--kind=real'], says: '--kind cannot be "real"' },
    { title: 'a parent that is no pid', words: ['--parent=me'], says: '--parent "me" is no process' },
    { title: 'a flag that is not there', words: ['--shell'], says: 'unknown option --shell' },
  ];
  for (const [index, { title, words, says }] of wrong.entries())
    it(`refuses ${title} with a sentence and exit 2`, async () => {
      const usual = wordsIn(join(dir, `w${index}`)).filter(
        (word) => !words.some((other) => other.split('=')[0] === word.split('=')[0]),
      );
      const ended = await command([...usual, ...words]);
      expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
      expect(ended.stderr).toContain(says);
      expect(ended.stderr).not.toMatch(/\n\s+at /);
    });
});

function contentOf(path: string): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
      if (text === '') return;
      cancel();
      resolve(text);
    };
    const cancel = systemFiles().watch(path, look);
    look();
  });
}

describe('gravity-console proxy', () => {
  it('speaks the API over its standard streams', async () => {
    const dir = freshDirectory();
    await startAgent(dir);
    const started = processes.start({
      path: process.execPath,
      argv: [bin, 'proxy', `--agent=unix:${dir}/agent.sock`],
    });
    const answer = new Promise<string>((done) => started.onStdout((chunk) => done(String(chunk))));
    started.writeStdin('GET /v1/info HTTP/1.1\r\nhost: agent\r\nconnection: close\r\n\r\n');
    expect(await answer).toContain('HTTP/1.1 200 OK');
    expect(await started.exited).toMatchObject({ exitCode: 0 });
  });

  it('without an agent says so', async () => {
    const ended = await command(['proxy', '--agent=unix:/nowhere/agent.sock']);
    expect(ended).toMatchObject({ exitCode: 5 });
    expect(ended.stderr).toContain('no agent answers on /nowhere/agent.sock');
  });
});
