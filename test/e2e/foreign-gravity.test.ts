import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemCertificates } from '../../src/adapters/system/certificates.ts';
import { command } from '../driver/command.ts';
import { type Daemon, startAgentOn } from '../driver/daemon.ts';
import { recording, recordingText } from '../recordings.ts';

/** What a program and an endpoint the product has never seen answer: recordings, by their words and paths. */
const answers: Record<string, string> = {
  'plan --output=json': 'plans/failed-3m2w.json',
  'status --output=json': 'cli/status-json-upgrade-degraded.stdout',
};
const bodies: Record<string, { status: number; file: string }> = {
  '/': { status: 503, file: 'satellite/docker-down-node2-asked-on-node1.body.json' },
  '/history': { status: 200, file: 'satellite/history-after-docker-failed.body.json' },
};

let dir: string;
let endpoint: Server;
let agent: Daemon;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gravity-console-foreign-'));
  endpoint = await serveHealth();
  const { port } = endpoint.address() as AddressInfo;
  const cluster = {
    gravity: writeGravity(),
    health: `https://127.0.0.1:${port}`,
    secrets: join(dir, 'secrets'),
  };
  agent = await startAgentOn(cluster, dir);
});

afterAll(async () => {
  await agent.stop();
  endpoint.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('an agent on a gravity and an endpoint it has never seen, on a machine that is no server of the plan', () => {
  test('shows the plan', async () => {
    const plan = await json('plan');
    expect(plan.counts).toMatchObject({ leaves: 86, completed: 22, failed: 1 });
    expect(plan.phases.find((phase: { id: string }) => phase.id === '/masters/master-2/drain')).toMatchObject(
      {
        state: 'failed',
        node: 'master-2',
        runsOn: 'master-1',
      },
    );
  });

  test('shows health as the endpoint tells it, dated by the endpoint’s clock', async () => {
    const served = JSON.parse(recordingText('satellite/docker-down-node2-asked-on-node1.body.json'));
    const nodes = await json('nodes');
    expect(nodes).toMatchObject({ schema: 1, state: 'degraded', at: served.timestamp });
    const probes = nodes.nodes.flatMap((node: { probes: object[] }) => node.probes);
    expect(probes).toContainEqual(
      expect.objectContaining({ checker: 'docker', state: 'failed', severity: 'critical' }),
    );
  });

  test('shows the history', async () => {
    const { events } = await json('history');
    expect(events).toContainEqual(expect.objectContaining({ kind: 'probe.failed', checker: 'docker' }));
  });

  test('says that its node is unknown and refuses nothing on that ground', async () => {
    const doctor = await run('doctor', '-o', 'json');
    expect(doctor.stdout).toContain('node unknown');
    const judged = await run('do', 'phase.execute', '--phase=/masters/master-2/drain', '--dry-run');
    expect(judged.exitCode).toBe(0);
  });

  test('runs commands: the exact words reach gravity, its output and its exit come back', async () => {
    const done = await run('do', 'phase.execute', '--phase=/masters/master-2/drain', '--yes', '--wait');
    expect(done).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('drained at last') });
    const failed = await run('do', 'phase.rollback', '--phase=/masters/master-2/drain', '--yes', '--wait');
    expect(failed).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('no route to the pod') });
    const id = '--operation-id=5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d';
    expect(readFileSync(join(dir, 'commands'), 'utf8').split('\n')).toEqual([
      `plan execute --phase=/masters/master-2/drain ${id}`,
      `plan rollback --phase=/masters/master-2/drain ${id}`,
      '',
    ]);
  });
});

function run(...words: string[]) {
  return command([...words, '--agent', `unix:${dir}/agent.sock`]);
}

async function json(word: string) {
  const { stdout, stderr } = await run(word, '-o', 'json');
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A `gravity` of a few lines: it answers what is asked from recordings and notes what it is told to do. */
function writeGravity(): string {
  for (const file of Object.values(answers)) {
    mkdirSync(join(dir, file, '..'), { recursive: true });
    writeFileSync(join(dir, file), recording(file));
  }
  const cases = Object.entries(answers).map(([words, file]) => `"${words}") cat ${join(dir, file)};;`);
  const script = `#!/bin/sh
case "$*" in
${cases.join('\n')}
"version --output=json") echo '{"edition":"open-source","version":"7.0.30","git_commit":"x","helm":"v2.15"}';;
"plan execute"*) echo "$*" >> ${dir}/commands; echo 'drained at last';;
"plan rollback"*) echo "$*" >> ${dir}/commands; printf '\\033[31m[ERROR]: no route to the pod\\n\\033[0m' >&2; exit 255;;
*) printf '\\033[31m[ERROR]: no cluster API here\\n\\033[0m' >&2; exit 255;;
esac
`;
  const path = join(dir, 'gravity');
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

/** An endpoint with mutual TLS that serves recorded bodies with their own dates. */
async function serveHealth(): Promise<Server> {
  const certificates = systemCertificates();
  const authority = await certificates.authority({ commonName: 'foreign.lab', years: 1 });
  const subject = { addresses: ['127.0.0.1'], names: ['node-1'], years: 1 };
  const own = await certificates.issue(authority, { ...subject, commonName: 'etcd', use: 'server' });
  const client = await certificates.issue(authority, {
    ...subject,
    commonName: 'planet-rpc-client',
    use: 'client',
  });
  mkdirSync(join(dir, 'secrets'));
  writeFileSync(join(dir, 'secrets/root.cert'), authority.cert);
  writeFileSync(join(dir, 'secrets/planet-rpc-client.cert'), client.cert);
  writeFileSync(join(dir, 'secrets/planet-rpc-client.key'), client.key);
  const server = createServer(
    { ...own, ca: authority.cert, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      const { status, file } = bodies[request.url ?? '/'] ?? bodies['/'] ?? { status: 404, file: '' };
      const date = /^Date: (.*)$/m.exec(recordingText(file.replace('.body.json', '.headers')))?.[1] ?? '';
      response.writeHead(status, { 'Content-Type': 'application/json', Date: date.trim() });
      response.end(recording(file));
    },
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}
