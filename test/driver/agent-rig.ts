import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemFiles } from '../../src/adapters/system/files.ts';
import { systemHttp } from '../../src/adapters/system/http.ts';
import { systemLog } from '../../src/adapters/system/log.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import { systemRandom } from '../../src/adapters/system/random.ts';
import { systemServer } from '../../src/adapters/system/server.ts';
import { openStore } from '../../src/adapters/system/store.ts';
import { systemUnits } from '../../src/adapters/system/units.ts';
import { type Agent, type AgentOptions, createAgent } from '../../src/agent/agent.ts';
import { type Client, createClient } from '../../src/console/client.ts';
import type { Identity } from '../../src/protocol/identity.ts';
import type { Run } from '../../src/protocol/run.ts';
import { recording } from '../recordings.ts';

export type Rig = {
  dir: string;
  /** What `gravity plan execute` and its like do: a shell script, `$@` are gravity's words. */
  acts(script: string): void;
  /** The command lines of gravity that were not polls, in order. */
  commands(): string[];
  start(options?: Partial<AgentOptions>): Promise<Agent>;
  client(by?: Partial<Identity>, door?: 'agent' | 'watch'): Client;
};

const polls = `case "$*" in
  "version "*) echo '{"edition":"open-source","version":"7.0.30","git_commit":"x"}'; exit 0;;
  "plan --output=json") exec cat "$dir/plan.json";;
  "status --output=json") exec cat "$dir/status.json";;
  "status history"|"agent status"|"exec kubectl"*|"resource get"*) exit 1;;
esac`;

/** An agent on a `gravity` that is a shell script, with everything else real: files, processes, sockets, keepers. */
export function agentRig(plan = 'plans/failed-3m2w.json'): Rig {
  const dir = mkdtempSync(join(tmpdir(), 'gc-agent-'));
  writeFileSync(join(dir, 'plan.json'), recording(plan));
  writeFileSync(join(dir, 'status.json'), recording('story/09-status-json-failed.stdout'));
  writeFileSync(join(dir, 'act.sh'), 'exit 0\n');
  const script = `#!/bin/sh\ndir=${dir}\n${polls}\necho "$*" >> $dir/commands\nexec /bin/sh $dir/act.sh "$@"\n`;
  writeFileSync(join(dir, 'gravity'), script);
  chmodSync(join(dir, 'gravity'), 0o755);
  return rigAt(dir);
}

/** The rig in a directory another process made. */
export function rigAt(dir: string): Rig {
  const gravity = join(dir, 'gravity');
  const act = join(dir, 'act.sh');
  const clock = systemClock();
  const http = systemHttp(clock);
  const processes = systemProcesses(clock);
  const stateDir = join(dir, 'state');
  return {
    dir,
    acts: (script) => writeFileSync(act, script),
    commands: () =>
      existsSync(join(dir, 'commands'))
        ? readFileSync(join(dir, 'commands'), 'utf8').trimEnd().split('\n')
        : [],
    async start(options = {}) {
      const files = systemFiles();
      await files.makeDirectory(stateDir);
      const ports = {
        clock,
        random: systemRandom(),
        env: { get: () => undefined, all: () => ({}) },
        processes,
        http,
        server: systemServer(),
        files,
        units: systemUnits(processes),
        interfaces: { addresses: () => [], hostname: () => 'here' },
        log: systemLog(join(dir, 'agent.log')),
        store: await openStore(join(stateDir, 'journal.jsonl')),
        ourselves: (argv: readonly string[]) => ({
          path: process.execPath,
          argv: [join(import.meta.dirname, 'keep.ts'), ...argv],
        }),
      };
      const agent = await createAgent(ports, {
        version: '1.2.3',
        kind: 'rehearsal',
        label: 'test',
        readOnly: false,
        units: 'none',
        stateDir,
        doors: { operator: join(dir, 'agent.sock'), viewer: join(dir, 'watch.sock'), group: null },
        poll: { gravity: [gravity], node: 'master-1', health: null, cwd: '/', stateDir: '/nowhere' },
        ...options,
      });
      await agent.start();
      return agent;
    },
    client: (by = {}, door = 'agent') =>
      createClient({
        http,
        socket: join(dir, `${door}.sock`),
        by: { user: 'ann', from: null, tty: null, console: 'console-1', ...by },
      }),
  };
}

export function removeRig({ dir }: Rig): void {
  rmSync(dir, { recursive: true, force: true });
}

/** Waits on the stream until something is so, as a console would. */
export function awaitState<T>(
  client: Client,
  find: (state: Snapshots) => T | null | undefined | false,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let looking = false;
    let again = false;
    const look = async (): Promise<void> => {
      again = looking;
      if (looking) return;
      looking = true;
      const answer = await client.cluster();
      looking = false;
      const found = answer.ok ? find(answer.value.state) : null;
      // What was told meanwhile may be the last there is to tell.
      if (!found) return again ? look() : undefined;
      connection.close();
      resolve(found);
    };
    const connection = client.stream({
      onMessage: () => void look(),
      onClose: ({ message }) => reject(new Error(`the stream ended: ${message}`)),
    });
  });
}

type Snapshots = Extract<Awaited<ReturnType<Client['cluster']>>, { ok: true }>['value']['state'];

/** The run when it is over. */
export function awaitEnd(client: Client, id: string): Promise<Run> {
  return awaitState(client, ({ runs }) =>
    runs.find((run) => run.id === id && !['queued', 'running'].includes(run.state)),
  );
}
