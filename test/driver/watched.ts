import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemHttp } from '../../src/adapters/system/http.ts';
import { type Client, createClient } from '../../src/console/client.ts';
import type { Identity } from '../../src/protocol/identity.ts';
import { command } from './command.ts';
import { startAgentOn, startDaemon } from './daemon.ts';
import { type App, startAny, startApp, startProgram } from './terminal.ts';

const program = resolve(import.meta.dirname, '../../bin/gravity-console.mjs');

/** A simulated cluster with an agent on it, and consoles opened on that agent. */
export type Watched = {
  dir: string;
  /** `--agent` for every console on it. */
  agent: string;
  /** Opens a console on its agent in a terminal of its own; every one left open goes with the cluster. */
  open(words?: readonly string[], size?: { columns: number; rows: number }): App;
  /** The same inside a shell, which runs this line; `"$@"` in it is the console. */
  openInShell(line: string): App;
  /** A console with a bug: at the first key it throws, or it can no longer draw. */
  openBroken(bug: 'throws' | 'cannot draw'): App;
  /** Says something to the simulated cluster, as an operator would in a second pane. */
  simulate(...words: string[]): Promise<void>;
  /** Runs an action to its end from elsewhere, through the same agent. */
  do(...words: string[]): Promise<void>;
  /** Starts an action from elsewhere and does not wait for its end. */
  begin(...words: string[]): Promise<void>;
  /** A console's connection to its agent, drawing nothing. */
  client(by?: Partial<Identity>): Client;
  /** The actions that were run through the agent, newest first. */
  runs(): Promise<string[]>;
  /** Kills the agent where it stands and starts another one, which takes up what runs. */
  loseAgent(): Promise<void>;
  end(): Promise<void>;
};

/** Starts both, with these words for the cluster, and waits until both answer. */
export async function watched(...words: string[]): Promise<Watched> {
  const dir = mkdtempSync(join(tmpdir(), 'gravity-console-watched-'));
  const cluster = await startDaemon(['simulate', 'up', '--dir', dir, ...words]);
  const startAgent = () => startAgentOn(cluster.ready, dir, ['--node=master-1']);
  let agent = await startAgent();
  const at = ['--agent', `unix:${dir}/agent.sock`];
  const apps: App[] = [];
  return {
    dir,
    agent: `--agent=unix:${dir}/agent.sock`,
    open: (more = [], size = { columns: 110, rows: 32 }) => {
      const app = startApp([...at, ...more], size);
      apps.push(app);
      return app;
    },
    openInShell: (line) => {
      const app = startAny(['sh', '-c', line, 'sh', process.execPath, program, ...at]);
      apps.push(app);
      return app;
    },
    openBroken: (bug) => {
      const app = startProgram('test/driver/console-with-a-bug.ts', {
        env: { BUG: bug, SOCKET: `${dir}/agent.sock` },
        columns: 200,
      });
      apps.push(app);
      return app;
    },
    simulate: async (...said) => void (await succeeding(['simulate', ...said, '--dir', dir])),
    do: async (...action) => void (await succeeding(['do', ...action, '--yes', '--wait', ...at])),
    begin: async (...action) => void (await succeeding(['do', ...action, '--yes', ...at])),
    client: (by = {}) =>
      createClient({
        http: systemHttp(systemClock()),
        socket: `${dir}/agent.sock`,
        by: { user: 'ann', from: null, tty: null, console: 'console-1', ...by },
      }),
    runs: async () => {
      const { runs } = JSON.parse(await succeeding(['runs', '-o', 'json', ...at]));
      return runs.map((run: { action: string }) => run.action);
    },
    loseAgent: async () => {
      agent.child.kill('SIGKILL');
      await agent.ended;
      agent = await startAgent();
    },
    end: async () => {
      for (const app of apps) app.kill();
      await agent.stop();
      await cluster.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function succeeding(words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await command(words);
  if (exitCode !== 0) throw new Error(`${words.join(' ')} ended with ${exitCode}: ${stderr}`);
  return stdout;
}
