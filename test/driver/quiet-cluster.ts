import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './command.ts';
import { type Daemon, startAgentOn, startDaemon } from './daemon.ts';

/** A simulated cluster in the middle of an upgrade with an agent on it, for several consoles one after the other. */
export type QuietCluster = {
  dir: string;
  /** `--agent` for every console on it. */
  agent: string;
  simulate(...words: string[]): Promise<void>;
  end(): Promise<void>;
};

export async function quietCluster(...words: string[]): Promise<QuietCluster> {
  const dir = mkdtempSync(join(tmpdir(), 'gravity-console-quiet-'));
  const cluster: Daemon = await startDaemon([
    'simulate',
    'up',
    '--dir',
    dir,
    '--scenario',
    'quiet',
    ...words,
  ]);
  const agent = await startAgentOn(cluster.ready, dir, ['--node=master-1']);
  return {
    dir,
    agent: `--agent=unix:${dir}/agent.sock`,
    simulate: async (...verb) => {
      const { exitCode, stderr } = await command(['simulate', ...verb, '--dir', dir]);
      if (exitCode !== 0) throw new Error(stderr);
    },
    end: async () => {
      await agent.stop();
      await cluster.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
