import type { Files } from '../../ports.ts';

/** Everything that opening the doors makes in a directory; folders go when nothing else is in them. */
const MADE = {
  files: [
    'gravity.sock',
    'control.sock',
    'bin/gravity',
    'secrets/root.cert',
    'secrets/planet-rpc-client.cert',
    'secrets/planet-rpc-client.key',
    'secrets/etcd.cert',
    'secrets/etcd.key',
  ],
  folders: ['bin', 'nodes', 'secrets'],
} as const;

/** Takes the doors out of `dir`, be the program that opened them alive or dead; what is not theirs stays. */
export async function removeDoors(dir: string, files: Files): Promise<void> {
  await Promise.all(MADE.files.map((name) => files.remove(`${dir}/${name}`)));
  for (const host of await listed(`${dir}/nodes`, files)) {
    await files.remove(`${dir}/nodes/${host}/gravity`);
    await removeEmpty(`${dir}/nodes/${host}`, files);
  }
  await Promise.all(MADE.folders.map((name) => removeEmpty(`${dir}/${name}`, files)));
}

async function listed(folder: string, files: Files): Promise<string[]> {
  return (await files.stat(folder)) === null ? [] : files.list(folder);
}

async function removeEmpty(folder: string, files: Files): Promise<void> {
  if ((await files.stat(folder)) !== null && (await files.list(folder)).length === 0) {
    await files.remove(folder);
  }
}
