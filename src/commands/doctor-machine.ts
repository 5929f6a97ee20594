import type { Context } from './context.ts';
import { type Check, check } from './doctor-check.ts';
import { gravityStateDirectory } from './gravity-state-directory.ts';

const ourState = '/var/lib/gravity-console';
const stateLimit = 200 * 1024 * 1024;
const leastFree = 200 * 1024 * 1024;

/** What can be told of this machine without running anything: nothing but the agent runs gravity. */
export async function machineChecks(context: Context): Promise<Check[]> {
  return [rootCheck(context), await stateCheck(context), await diskCheck(context)];
}

/** What an agent would find here with no flags; where one answers, it tells better what it uses. */
export async function usualPlaceChecks(context: Context): Promise<Check[]> {
  return [await binaryCheck(context), ...(await certificateChecks(context))];
}

function rootCheck({ processes }: Context): Check {
  if (processes.self.uid === 0) return check('root', 'works', 'this is root');
  return check(
    'root',
    'does-not',
    `this is user ${processes.self.uid}: gravity reads and changes a cluster as root only`,
    'use sudo; saved outputs and the demo need no root',
  );
}

async function binaryCheck({ env, files }: Context): Promise<Check> {
  const folders = (env.get('PATH') ?? '').split(':').filter((folder) => folder.startsWith('/'));
  for (const folder of folders) {
    const path = `${folder}/gravity`;
    if (await files.isExecutable(path))
      return check('gravity', 'works', `${path} is there; its version is asked by the agent alone`);
    if (await readable(files.stat(path)))
      return check('gravity', 'does-not', `${path} is there and cannot be executed`, `chmod +x ${path}`);
  }
  return check(
    'gravity',
    'does-not',
    'there is no gravity in PATH',
    'pass the agent its path: --gravity PATH',
  );
}

async function certificateChecks(context: Context): Promise<Check[]> {
  const folder = `${await gravityStateDirectory(context)}/secrets`;
  const names = ['root.cert', 'planet-rpc-client.cert', 'planet-rpc-client.key'];
  return Promise.all(names.map((name) => certificateCheck(context, `${folder}/${name}`)));
}

async function certificateCheck({ files }: Context, path: string): Promise<Check> {
  const name = `certificate ${path.split('/').at(-1)}`;
  const missing = check(
    name,
    'does-not',
    `${path} is not there`,
    'run on a node of the cluster, or give the agent --ca, --cert and --key',
  );
  try {
    const bytes = await files.readFrom(path, 0, 4096);
    if (bytes === null) return missing;
    const isPem = new TextDecoder().decode(bytes).includes('-----BEGIN ');
    return isPem
      ? check(name, 'works', `${path} can be read`)
      : check(name, 'does-not', `${path} is not PEM`, 'look at the file');
  } catch {
    return check(name, 'does-not', `${path} cannot be read`, 'run as root');
  }
}

async function stateCheck(context: Context): Promise<Check> {
  const size = await sizeOf(context, ourState, 6);
  if (size === null)
    return check(
      'state',
      'absent',
      `${ourState} is not there: no agent has run here with its default --state-dir`,
    );
  const text = `${ourState} holds ${megabytes(size)} of at most ${megabytes(stateLimit)}`;
  return size <= stateLimit
    ? check('state', 'works', text)
    : check('state', 'does-not', text, 'restart the agent: it removes its oldest runs');
}

/** Null where there is nothing; what may not be read counts as empty. */
async function sizeOf(context: Context, path: string, depth: number): Promise<number | null> {
  const stat = await readable(context.files.stat(path));
  if (stat === null) return null;
  if (stat.kind !== 'directory' || depth === 0) return stat.size;
  const names = (await readable(context.files.list(path))) ?? [];
  const sizes = await Promise.all(names.map((name) => sizeOf(context, `${path}/${name}`, depth - 1)));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

async function diskCheck({ files }: Context): Promise<Check> {
  const space = (await readable(files.space(ourState))) ?? (await readable(files.space('/var/lib')));
  if (space === null) return check('disk', 'unknown', 'the free space of /var/lib cannot be told');
  const text = `${megabytes(space.free)} of ${megabytes(space.total)} free in /var/lib`;
  return space.free >= leastFree
    ? check('disk', 'works', text)
    : check('disk', 'does-not', text, 'make room: journal and output of runs go there');
}

async function readable<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch {
    return null;
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
