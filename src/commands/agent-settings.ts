import type { AgentOptions } from '../agent/agent.ts';
import { workDirectory } from '../agent/work-directory.ts';
import type { AgentKind } from '../protocol/cluster.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import type { Context } from './context.ts';
import { gravityStateDirectory } from './gravity-state-directory.ts';
import { CommandError } from './row.ts';

export type AgentSettings = {
  options: AgentOptions;
  socketDirectory: string;
  /** Live no longer than this process. */
  parent: number | null;
};

/** What the flags of `agent` come to on this machine: absolute paths, and the defaults of design 7. */
export async function agentSettings(
  context: Context,
  flags: Record<string, unknown>,
): Promise<AgentSettings> {
  const absolute = (path: string) => (path.startsWith('/') ? path : `${context.places.cwd}/${path}`);
  const operator = absolute(socketPath(String(flags['listen'])));
  const socketDirectory = operator.slice(0, operator.lastIndexOf('/')) || '/';
  const gravityState = await gravityStateDirectory(context);
  const stateDir = absolute(String(flags['state-dir']));
  const file = (flag: string, name: string) =>
    flags[flag] === undefined ? `${gravityState}/secrets/${name}` : absolute(String(flags[flag]));
  const units = await unitsOf(context, flags['units']);
  return {
    socketDirectory,
    parent: flags['parent'] === undefined ? null : processId(String(flags['parent'])),
    options: {
      version: context.version,
      kind: kindOf(flags['kind']),
      label: textOrNull(flags['label']),
      readOnly: flags['read-only'] === true,
      units,
      logs: { files: listOf(flags['log']).map(absolute), units: units === 'systemd' ? gravityUnits : [] },
      stateDir,
      doors: {
        operator,
        viewer: `${socketDirectory}/watch.sock`,
        group: textOrNull(flags['group']),
      },
      poll: {
        gravity: listOf(flags['gravity']).map(absolute),
        node: textOrNull(flags['node']),
        health: {
          url: healthUrl(String(flags['health'])),
          ca: file('ca', 'root.cert'),
          cert: file('cert', 'planet-rpc-client.cert'),
          key: file('key', 'planet-rpc-client.key'),
          others: { byAddress: kindOf(flags['kind']) === 'live', urls: healthOf(flags['health-of']) },
        },
        cwd: workDirectory(stateDir),
        stateDir: gravityState,
      },
    },
  };
}

/** What runs a plan under systemd: resume, and the update agent that an automatic upgrade runs in. */
const gravityUnits = ['gravity-resume.service', 'gravity-agent.service'];

function usage(sentence: string, nextStep: string): CommandError {
  return new CommandError(exitCodes.usage.code, sentence, nextStep);
}

function socketPath(listen: string): string {
  const path = /^unix:(.+)$/s.exec(listen)?.[1];
  if (path !== undefined && !path.endsWith('/')) return path;
  throw usage(`--listen ${JSON.stringify(listen)} is no Unix socket`, 'write it as unix:PATH');
}

function healthUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw usage(`--health ${JSON.stringify(text)} is no URL`, 'write it as https://127.0.0.1:7575');
  if (url.pathname !== '/')
    throw usage(
      `--health ${JSON.stringify(text)} has a path: the agent asks / and /history itself`,
      `write it as ${url.origin}`,
    );
  return text.replace(/\/+$/, '');
}

/** `NODE=URL`, as often as wanted. */
function healthOf(flag: unknown): Record<string, string> {
  const pairs = listOf(flag).map((text): [string, string] => {
    const [, node, url] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (node === undefined || url === undefined)
      throw usage(`--health-of ${JSON.stringify(text)} is invalid`, 'write it as NODE=URL');
    return [node, healthUrl(url)];
  });
  return Object.fromEntries(pairs);
}

function processId(text: string): number {
  const pid = Number(text);
  if (Number.isInteger(pid) && pid > 1) return pid;
  throw usage(`--parent ${JSON.stringify(text)} is no process`, 'give the pid of a process');
}

async function unitsOf({ units }: Context, flag: unknown): Promise<'systemd' | 'none'> {
  const there = await units.available();
  if (flag === 'systemd' && !there)
    throw usage('--units systemd: systemd is not process 1 here, or this is not root', 'pass --units none');
  if (flag === 'systemd' || flag === 'none') return flag;
  return there ? 'systemd' : 'none';
}

function kindOf(flag: unknown): AgentKind {
  return flag === 'rehearsal' || flag === 'replay' ? flag : 'live';
}

function textOrNull(flag: unknown): string | null {
  return flag === undefined ? null : String(flag);
}

function listOf(flag: unknown): string[] {
  return Array.isArray(flag) ? flag.map(String) : [];
}
