import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export type Daemon = {
  ready: Record<string, string>;
  child: ChildProcess;
  /** Comes when it is over, whoever ended it. */
  ended: Promise<void>;
  stop(): Promise<void>;
};

/** Starts one of our programs that prints a line of JSON when it is ready, and waits for that line. */
export function startDaemon(words: readonly string[]): Promise<Daemon> {
  const child = spawn(process.execPath, [resolve(root, 'bin/gravity-console.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return new Promise((done, fail) => {
    let text = '';
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk;
    });
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) done({ ready: JSON.parse(text.slice(0, end)), child, ended, stop });
    });
    ended.then(() => fail(new Error(`${words[0]} ended before it was ready: ${errors}`)));
  });
}

/** An agent on a simulated cluster, as the demo starts it. */
export function startAgentOn(
  cluster: Record<string, string>,
  dir: string,
  more: readonly string[] = [],
): Promise<Daemon> {
  const { gravity, health, secrets } = cluster;
  return startDaemon([
    'agent',
    `--gravity=${gravity}`,
    `--health=${health}`,
    `--ca=${secrets}/root.cert`,
    `--cert=${secrets}/planet-rpc-client.cert`,
    `--key=${secrets}/planet-rpc-client.key`,
    '--units=none',
    `--listen=unix:${dir}/agent.sock`,
    `--state-dir=${dir}/state`,
    '--kind=rehearsal',
    '--label=test',
    ...more,
  ]);
}
