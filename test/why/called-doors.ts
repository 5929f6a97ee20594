import type { Finished, Http, Processes } from '../../src/ports.ts';
import type { Cluster } from '../../src/simulator/cluster/cluster.ts';
import { runGravity } from '../../src/simulator/gravity/run-gravity.ts';
import { healthAnswer } from '../../src/simulator/health/health-answers.ts';
import { type Life, newLife } from '../../src/simulator/life.ts';
import type { StageClock } from '../simulator/stage-clock.ts';

export type Printed = { code: number | null; signal: string | null; out: string; err: string };

export function simulatedProcesses(cluster: Cluster, clock: StageClock): Pick<Processes, 'run'> {
  return {
    run: async ({ argv }): Promise<Finished> => {
      const life = newLife();
      const printing = gravity(cluster, { argv, life, node: cluster.host, print: () => {} });
      const { code, signal, out, err } = await toItsEnd(clock, printing);
      return {
        outcome: signal === null ? 'exited' : 'signalled',
        exitCode: code,
        signal,
        stdout: new TextEncoder().encode(out),
        stderr: new TextEncoder().encode(err),
        durationMs: 200,
        cpuMs: 200,
        detail: null,
      };
    },
  };
}

export function simulatedHealth(cluster: Cluster): Pick<Http, 'request'> {
  return {
    request: async ({ url }) => {
      const path = url.replace('http://health', '') || '/';
      const answer = healthAnswer(cluster, {
        method: 'GET',
        path,
        query: {},
        headers: {},
        body: '',
        door: 'health',
      });
      const body = new TextEncoder().encode(String(answer.body));
      return { ok: true, status: answer.status, headers: answer.headers ?? {}, body, durationMs: 5 };
    },
  };
}

export type Starting = { argv: readonly string[]; life: Life; node: string; print(text: string): void };

export async function gravity(cluster: Cluster, { argv, life, node, print }: Starting): Promise<Printed> {
  const printed = { out: '', err: '' };
  const running = { node, life };
  cluster.world.processes.add(running);
  const exit = await runGravity({
    cluster,
    argv,
    uid: 0,
    node,
    life,
    out: (text) => {
      printed.out += text;
      print(text);
    },
    err: (text) => {
      printed.err += text;
      print(text);
    },
    readLine: async () => null,
  });
  cluster.world.processes.delete(running);
  return {
    ...printed,
    code: 'code' in exit ? exit.code : null,
    signal: 'signal' in exit ? exit.signal : null,
  };
}

/** Time goes on, a little at a time, until it has ended: what else is under way goes on no further than that. */
export async function toItsEnd<T>(clock: StageClock, work: Promise<T>): Promise<T> {
  let isOver = false;
  const noted = work.finally(() => {
    isOver = true;
  });
  await turns();
  for (let [budget, at] = [0, clock.now()]; !isOver; budget += 5_000) {
    if (clock.now() !== at) [budget, at] = [0, clock.now()];
    clock.allow(budget);
    await turn();
  }
  clock.allow(0);
  return noted;
}

export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Work that needs no time is over after so many turns. */
export async function turns(): Promise<void> {
  for (let at = 0; at < 5; at += 1) await turn();
}
