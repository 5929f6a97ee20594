import type { Scene } from './scene.ts';

/** LIVE, REHEARSAL or REPLAY; before the agent has said which, it is none of them and least of all taken for one. */
export function kindWord({ cluster, connection }: Pick<Scene, 'cluster' | 'connection'>): string {
  const isHeard =
    connection.state === 'connected' ||
    Object.values(cluster.sources).some((source) => source.state !== 'never');
  return isHeard ? cluster.kind.toUpperCase() : 'NOT CONNECTED';
}
