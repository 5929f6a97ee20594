import type { Cluster } from './cluster/cluster.ts';
import { ordinarySituation, type Situation } from './cluster/situation.ts';
import { heedLives } from './health/heed-lives.ts';
import { operationKind } from './operation-kind.ts';

/** Something that can be so around a cluster, and no longer be so. */
export type SituationRow = {
  describe: string;
  set: Partial<Situation>;
};

/** The situations a cluster can be put in, by name: what recordings/story/ARRANGED.tsv and recordings/cli tell of. */
export const SITUATIONS: Readonly<Record<string, SituationRow>> = {
  'no-site': { describe: 'gravity-site cannot be reached', set: { site: false } },
  'no-planet': { describe: 'planet does not run here', set: { planet: false } },
  'no-systemd': { describe: 'no systemd starts units', set: { systemd: false } },
  'deaf-agents': {
    describe: 'the update agents do not hear that they may leave',
    set: { agentsLeave: false },
  },
  'health-down': { describe: 'the health agents do not answer gravity', set: { healthAnswers: false } },
  idle: { describe: 'no operation since the installation', set: { idle: true } },
  bare: { describe: 'the machine belongs to no cluster', set: { bare: true, site: false, planet: false } },
  'not-root': { describe: 'the commands are given by somebody who is not root', set: { notRoot: true } },
  'image-older': { describe: 'the image of the upgrade is older', set: { image: 'older' } },
  'image-unsupported': {
    describe: 'the image of the upgrade cannot be reached from the installed version',
    set: { image: 'unsupported' },
  },
  'image-lacks-steps': {
    describe: 'the image of the upgrade lacks the runtimes in between',
    set: { image: 'steps' },
  },
  'image-foreign': { describe: 'the image of the upgrade is another application', set: { image: 'foreign' } },
  'tiller-broken': { describe: 'tiller does not answer', set: { image: 'tiller' } },
  'environment-broken': {
    describe: 'the runtime environment does not suit the new version',
    set: { image: 'environment' },
  },
  'joins-full': { describe: 'as many nodes join as may at once', set: { joinsFull: true } },
  recorded: {
    describe: 'all that was missing where gravity was recorded: site, planet, systemd, agents that leave',
    set: { site: false, planet: false, systemd: false, agentsLeave: false },
  },
};

/** Puts a cluster in a situation, or takes it out of it. */
export function arrangeSituation(cluster: Cluster, { set }: SituationRow, on: boolean): void {
  const ordinary = ordinarySituation();
  const back = Object.fromEntries(Object.entries(ordinary).filter(([word]) => word in set));
  Object.assign(cluster.situation, on ? set : back);
  heedLives(cluster);
  if (set.idle === undefined) return;
  const { operation } = cluster.world;
  cluster.world.clusterState = on ? 'active' : operationKind(operation.type).cluster;
}
