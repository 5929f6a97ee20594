import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemHttp } from '../../src/adapters/system/http.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import type { Started } from '../../src/ports.ts';

const program = resolve(import.meta.dirname, '../../bin/gravity-console.mjs');
const clock = systemClock();
const processes = systemProcesses(clock);
const http = systemHttp(clock);

export type Ended = { code: number | null; signal: string | null; out: string; err: string };
type PlanPhase = {
  id: string;
  state?: string;
  error?: { error?: { message: string } };
  phases?: PlanPhase[];
};

/** A cluster behind `gravity-console simulate up`: a process of its own, reached through its doors alone. */
export type Simulated = {
  dir: string;
  process: Started;
  ready: { gravity: string; health: string; secrets: string; node: string };
  /** Runs the executable to its end. */
  gravity(...argv: string[]): Promise<Ended>;
  /** Says a verb through the control door; a refusal throws. */
  say(...words: string[]): Promise<string>;
  /** One request at the health door; `secrets` are the PEM texts, else those that lie there now. */
  health(path: string, secrets?: Secrets): Promise<{ status: number; body: HealthBody } | { failed: string }>;
  secrets(): Secrets;
  /** The leaves of the plan as the door's node knows them now, by id. */
  leaves(): Promise<Map<string, { state: string; error: string }>>;
  /** The state of the operation and of the cluster as `gravity status` tells them. */
  states(): Promise<{ operation: string; cluster: string; code: number | null }>;
  /** Waits until something is so. */
  until(what: () => Promise<boolean>): Promise<void>;
  end(): Promise<void>;
};

export type Secrets = { ca: string; cert: string; key: string };
export type HealthBody = {
  status?: string;
  summary?: string;
  nodes?: {
    name: string;
    status?: string;
    member_status?: { status?: string; tags?: { publicip?: string } };
    probes?: Probe[];
  }[];
};
type Probe = { checker: string; status: string; severity?: string };

const limits = { timeoutMs: 60_000, maxBytes: 10_000_000 };

export async function simulated(...words: string[]): Promise<Simulated> {
  const dir = mkdtempSync(join(tmpdir(), 'simulated-'));
  // However this test ends, the cluster ends with it.
  const argv = [program, 'simulate', 'up', `--dir=${dir}`, `--parent=${process.pid}`, ...words];
  const started = processes.start({ path: process.execPath, argv, cwd: '/' });
  const ready: Simulated['ready'] = JSON.parse(await firstLine(started));
  const secrets = (): Secrets => {
    const pem = (name: string) => readFileSync(join(ready.secrets, name), 'utf8');
    return { ca: pem('root.cert'), cert: pem('planet-rpc-client.cert'), key: pem('planet-rpc-client.key') };
  };
  const gravity = async (...argv: string[]): Promise<Ended> => {
    const ended = await processes.run({ path: ready.gravity, argv, cwd: '/' }, limits);
    return { code: ended.exitCode, signal: ended.signal, out: text(ended.stdout), err: text(ended.stderr) };
  };
  return {
    dir,
    process: started,
    ready,
    gravity,
    secrets,
    say: (...words) => say(dir, words),
    health: async (path, tls = secrets()) => {
      const request = { url: `${ready.health}${path}`, timeoutMs: 10_000, maxBytes: 1_000_000, tls };
      const answer = await http.request(request);
      return answer.ok
        ? { status: answer.status, body: JSON.parse(text(answer.body)) }
        : { failed: answer.message };
    },
    leaves: async () => leavesOf(JSON.parse((await gravity('plan', '--output=json')).out).phases),
    states: async () => {
      const { code, out } = await gravity('status', '--output=json');
      const { cluster } = JSON.parse(out);
      const operation = cluster.active_operations?.[0] ?? cluster.operation;
      return { operation: operation?.state ?? '', cluster: cluster.state, code };
    },
    until: async (what) => {
      while (!(await what())) await clock.wait(50);
    },
    end: async () => {
      started.kill('SIGTERM');
      await started.exited;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function say(dir: string, words: readonly string[]): Promise<string> {
  const answer = await http.request({
    url: 'http://simulator/verbs',
    socket: `${dir}/control.sock`,
    method: 'POST',
    body: JSON.stringify({ words }),
    timeoutMs: 10_000,
    maxBytes: 10_000,
  });
  const said = answer.ok ? JSON.parse(text(answer.body)) : { refused: answer.message };
  if (said.done === undefined) throw new Error(said.refused);
  return said.done;
}

function leavesOf(phases: PlanPhase[]): Map<string, { state: string; error: string }> {
  const found = new Map<string, { state: string; error: string }>();
  const visit = ({ id, state = 'unstarted', error, phases }: PlanPhase): void => {
    if (phases === undefined || phases === null) found.set(id, { state, error: error?.error?.message ?? '' });
    for (const phase of phases ?? []) visit(phase);
  };
  phases.forEach(visit);
  return found;
}

function firstLine(started: Started): Promise<string> {
  return new Promise((done, fail) => {
    let out = '';
    let err = '';
    started.onStderr((chunk) => {
      err += text(chunk);
    });
    started.onStdout((chunk) => {
      out += text(chunk);
      if (out.includes('\n')) done(out);
    });
    void started.exited.then(() => fail(new Error(`it ended before it was ready: ${err}`)));
  });
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
