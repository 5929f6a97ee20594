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
  folders: ['bin', 'secrets'],
} as const;

/** Takes the doors out of `dir`, be the program that opened them alive or dead; what is not theirs stays. */
export async function removeDoors(dir: string, files: Files): Promise<void> {
  await Promise.all(MADE.files.map((name) => files.remove(`${dir}/${name}`)));
  await Promise.all(
    MADE.folders.map(async (name) => {
      const folder = `${dir}/${name}`;
      if ((await files.stat(folder)) !== null && (await files.list(folder)).length === 0) {
        await files.remove(folder);
      }
    }),
  );
}
