import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import { systemServer } from '../../src/adapters/system/server.ts';
import type { Started } from '../../src/ports.ts';
import type { Cluster } from '../../src/simulator/cluster/cluster.ts';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { serveGravity } from '../../src/simulator/doors/gravity-door.ts';
import { stubText } from '../../src/simulator/doors/stub.ts';
import { healthRound } from '../../src/simulator/health/health-round.ts';
import type { PlanDocument } from '../../src/simulator/plan-document.ts';
import { arrangeSituation, SITUATIONS } from '../../src/simulator/situations.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { type StageClock, stageClock } from './stage-clock.ts';

export type Told = { code: number | null; signal: string | null; stdout: string; stderr: string };

/** `input` is the whole standard input; null leaves it open. */
export type GivenTo = { input?: string | null; cwd?: string };

/** A process of the executable, under way. */
export type Underway = {
  started: Started;
  stdout(): string;
  /** Resolves when standard output has said `text`. */
  said(text: string): Promise<void>;
  ended: Promise<Told>;
};

/** A cluster behind the real executable, on a real socket. */
export type Stage = {
  cluster: Cluster;
  clock: StageClock;
  gravity(argv: readonly string[], given?: GivenTo): Promise<Told>;
  start(argv: readonly string[], given?: GivenTo): Underway;
  /** Starts it where the working directory is deleted at once. */
  gone(argv: readonly string[]): Promise<Told>;
  /** Resolves when the work of a phase comes to that moment. */
  moment(id: string, moment: string): Promise<void>;
  close(): Promise<void>;
};

export type StageOptions = {
  plan: PlanDocument;
  situations?: readonly string[];
  duration?: (id: string) => number;
  /** Time stands still from the beginning. */
  held?: boolean;
};

/** Where gravity was recorded a phase took about a fifth of a second (recordings/story/INDEX.tsv). */
const USUAL_MS = 200;

/** The first command comes some minutes after the operation was made. */
const AFTER_MS = 300_000;

export async function openStage({ plan, situations = [], duration, held }: StageOptions): Promise<Stage> {
  const dir = mkdtempSync(join(tmpdir(), 'stage-'));
  const wall = systemClock();
  const clock = stageClock(Date.parse(plan.created_at) + AFTER_MS);
  if (held === true) clock.allow(0);
  const lasts = duration ?? (() => USUAL_MS);
  const world = createWorld({ plan, clock, duration: ({ id }) => lasts(id) });
  const cluster = createCluster(world);
  // Where gravity was recorded the phases were scripted: nothing happened to the nodes.
  world.watchers.clear();
  world.obstacle = () => null;
  for (const name of situations) arrange(cluster, name);
  healthRound(cluster);
  const socket = join(dir, 'gravity.sock');
  const door = await systemServer().listenStream(socket, (peer) => serveGravity(cluster, peer));
  const path = join(dir, 'gravity');
  writeFileSync(path, stubText({ node: process.execPath, socket }), { mode: 0o755 });
  const processes = systemProcesses(wall);
  const start = (argv: readonly string[], { input = '', cwd = '/' }: GivenTo = {}): Underway => {
    const started = processes.start({ path, argv, cwd });
    if (input !== null) {
      started.writeStdin(input);
      started.endStdin();
    }
    return underway(started);
  };
  return {
    cluster,
    clock,
    start,
    gravity: (argv, given) => start(argv, given).ended,
    gone: (argv) => {
      const script = 'mkdir "$0" && cd "$0" && rmdir "$0" && exec "$@"';
      const words = ['-c', script, join(dir, 'gone'), path, ...argv];
      return underway(processes.start({ path: '/bin/sh', argv: words, cwd: '/' })).ended;
    },
    moment: (id, moment) =>
      new Promise((resolve) => {
        world.watchers.add((phase, now) => {
          if (phase.id === id && now === moment) resolve();
        });
      }),
    close: async () => {
      await door.close();
      rmSync(dir, { recursive: true });
    },
  };
}

/** Puts a cluster in one of the situations by its name. */
export function arrange(cluster: Cluster, name: string, on = true): void {
  const situation = SITUATIONS[name];
  if (situation === undefined) throw new Error(`there is no situation ${name}`);
  arrangeSituation(cluster, situation, on);
}

function underway(started: Started): Underway {
  const out = collected(started.onStdout);
  const err = collected(started.onStderr);
  const ended = started.exited.then(({ exitCode, signal }) => ({
    code: exitCode,
    signal,
    stdout: out.text(),
    stderr: err.text(),
  }));
  return { started, stdout: out.text, said: out.said, ended };
}

function collected(subscribe: Started['onStdout']) {
  const chunks: Uint8Array[] = [];
  const waiting = new Set<() => void>();
  const text = (): string => Buffer.concat(chunks).toString('utf8');
  subscribe((chunk) => {
    chunks.push(chunk);
    for (const look of waiting) look();
  });
  const said = (wanted: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (text().includes(wanted)) resolve();
      };
      waiting.add(look);
      look();
    });
  return { text, said };
}
