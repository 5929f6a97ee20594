import type { Files } from '../../ports.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { stubText } from './stub.ts';

/** A host name that is a folder's name and nothing more: a plan may come from anywhere. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Writes `nodes/NODE/gravity` for every node of the plan: the same executable, as if it were run on that node. */
export async function writeNodeDoors(
  { world }: Cluster,
  { dir, nodePath, socket }: { dir: string; nodePath: string; socket: string },
  files: Files,
): Promise<void> {
  const hosts = world.plan.servers.map(({ hostname }) => hostname).filter((host) => PLAIN.test(host));
  await Promise.all(
    hosts.map(async (host) => {
      await files.makeDirectory(`${dir}/nodes/${host}`, { mode: 0o700 });
      await files.write(`${dir}/nodes/${host}/gravity`, stubText({ node: nodePath, socket, host }), {
        mode: 0o755,
      });
    }),
  );
}
