import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCertificates } from '../../src/adapters/system/certificates.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemFiles } from '../../src/adapters/system/files.ts';
import { systemHttp } from '../../src/adapters/system/http.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import { systemServer } from '../../src/adapters/system/server.ts';
import type { Started } from '../../src/ports.ts';
import type { Cluster } from '../../src/simulator/cluster/cluster.ts';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { type Doors, openDoors } from '../../src/simulator/doors/open-doors.ts';
import { updatePlan } from '../../src/simulator/plan/update-plan.ts';
import { type SimulatedClock, simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { createWorld } from '../../src/simulator/world.ts';

export type Ended = { code: number | null; signal: string | null; stdout: string; stderr: string };

export type RunningCluster = {
  cluster: Cluster;
  clock: SimulatedClock;
  doors: Doors;
  dir: string;
  /** Runs the executable to its end; `input` is its whole standard input. `node`: that of another node than the door's. */
  gravity(argv: string[], input?: string, node?: string): Promise<Ended>;
  /** Starts it and hands it over. */
  start(argv: string[], node?: string): Started;
  /** Says a verb through the control door. */
  say(...words: string[]): Promise<{ status: number; answer: unknown }>;
  /** One request at the health door, as itself or without a certificate. */
  ask(
    path: string,
    as?: 'client' | 'nobody',
  ): Promise<Awaited<ReturnType<ReturnType<typeof systemHttp>['request']>>>;
  close(): Promise<void>;
};

/** A simulated cluster of 3 masters and 2 workers with both doors open at `host`, on real sockets and real TLS. */
export async function runningCluster(speed: number, host?: string): Promise<RunningCluster> {
  const dir = mkdtempSync(join(tmpdir(), 'simulated-'));
  const wall = systemClock();
  const processes = systemProcesses(wall);
  const http = systemHttp(wall);
  const files = systemFiles();
  const clock = simulatedClock(wall, speed);
  const operationId = '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d';
  const plan = updatePlan({
    masters: 3,
    workers: 2,
    operationId,
    cluster: 'demo.example.com',
    createdMs: wall.now(),
  });
  const cluster = createCluster(createWorld({ plan, clock, duration: () => 1000 }), host);
  const ports = { server: systemServer(), files, certificates: systemCertificates(), clock: wall };
  const doors = await openDoors(cluster, { dir, nodePath: process.execPath, clock }, ports);
  const start = (argv: string[], node?: string): Started => {
    const path = node === undefined ? doors.gravity : `${dir}/nodes/${node}/gravity`;
    return processes.start({ path, argv, cwd: '/' });
  };
  const pem = async (name: string): Promise<string> =>
    (await files.readText(`${doors.secrets}/${name}`)) ?? '';
  return {
    cluster,
    clock,
    doors,
    dir,
    start,
    gravity: async (argv, input = '', node) => {
      const started = start(argv, node);
      const out = collected(started.onStdout);
      const err = collected(started.onStderr);
      started.writeStdin(input);
      started.endStdin();
      const { exitCode, signal } = await started.exited;
      return { code: exitCode, signal, stdout: out(), stderr: err() };
    },
    say: async (...words) => {
      const answer = await http.request({
        url: 'http://simulator/verbs',
        socket: `${dir}/control.sock`,
        method: 'POST',
        body: JSON.stringify({ words }),
        timeoutMs: 5000,
        maxBytes: 10_000,
      });
      if (!answer.ok) throw new Error(answer.message);
      return { status: answer.status, answer: JSON.parse(new TextDecoder().decode(answer.body)) };
    },
    ask: async (path, as = 'client') => {
      const own = { cert: await pem('planet-rpc-client.cert'), key: await pem('planet-rpc-client.key') };
      const tls = { ca: await pem('root.cert'), ...(as === 'client' ? own : {}) };
      return http.request({ url: `${doors.health}${path}`, timeoutMs: 5000, maxBytes: 1_000_000, tls });
    },
    close: async () => {
      await doors.close();
      rmSync(dir, { recursive: true });
    },
  };
}

function collected(subscribe: Started['onStdout']): () => string {
  const chunks: Uint8Array[] = [];
  subscribe((chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
