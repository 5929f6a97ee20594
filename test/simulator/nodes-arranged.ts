import type { NodesArrangement } from './nodes-recording.ts';

type Rules = NonNullable<NodesArrangement['rules']>;

const M2 = '/masters/master-2';
const M3 = '/masters/master-3';
const BROKEN = 'failed to upgrade system on master-2: service planet failed to start: exit status 1';
const FULL = 'failed to upgrade system on master-3: disk is full';

/**
 * What the older recordings tell of in words alone, as the newer ones have it: by folder and the moment of the words, in
 * seconds. The texts are those the commands then said.
 */
const TOLD_IN_WORDS: Readonly<Record<string, Readonly<Record<string, Rules>>>> = {
  'nodes/03-resume': {
    '0.81': { seconds: '1', [`${M3}/system-upgrade sleep`]: '5' },
    '50.04': { seconds: '0.3' },
  },
  'nodes/04-remote-fails': {
    '0.81': {
      seconds: '1',
      [`${M2}/system-upgrade sleep`]: '3',
      [`${M2}/system-upgrade fail`]: BROKEN,
    },
    '31.95': { [`${M2}/system-upgrade fail`]: null },
    '56.86': { [`${M3}/system-upgrade fail`]: FULL },
  },
  'nodes/05-remote-fails-in-resume': {
    '0.82': { seconds: '1', [`${M3}/system-upgrade sleep`]: '3', [`${M3}/system-upgrade fail`]: FULL },
    '46.31': {
      [`${M3}/system-upgrade fail`]: null,
      '/nodes/worker-1/health fail': 'node worker-1 is degraded',
    },
  },
  'nodes/06-rollback-fails-remote': {
    '0.8': {
      seconds: '0.5',
      [`${M2}/system-upgrade rsleep`]: '3',
      [`${M2}/system-upgrade rfail`]:
        'failed to restore system on master-2: package gravitational.io/planet:7.0.30 not found',
    },
    '27.14': { [`${M2}/system-upgrade rfail`]: null },
    '43.72': {
      [`${M2}/system-upgrade fail`]: BROKEN,
      '/bootstrap/master-3 rfail': 'failed to remove the new binary: text file busy',
    },
    '83.55': { [`${M2}/system-upgrade fail`]: null, '/bootstrap/master-3 rfail': null },
  },
  'nodes/07-coordinator-killed': {
    '0.81': { seconds: '0.5', [`${M2}/system-upgrade sleep`]: '8', [`${M3}/system-upgrade sleep`]: '8' },
    '19.1': { [`${M2}/system-upgrade sleep`]: '4' },
    '31.05': { [`${M2}/system-upgrade sleep`]: '8' },
    '52.83': { [`${M2}/system-upgrade sleep`]: '4' },
    '87.21': { [`${M3}/system-upgrade sleep`]: '0.5' },
    '111.08': { '/nodes/worker-1/drain sleep': '8' },
    '116.14': { '/nodes/worker-1/drain sleep': '0.5' },
  },
  'nodes/08-agent-down': {
    '0.81': { seconds: '0.5' },
    '107.53': { [`${M2}/elect sleep`]: '8' },
  },
  'nodes/09-etcd-down': {
    '0.81': { seconds: '1', [`${M2}/system-upgrade sleep`]: '8' },
    '66.43': { [`${M3}/elect fail`]: 'master-3 did not become eligible' },
    '79.82': { [`${M3}/elect fail`]: null },
  },
  'nodes/10-other-nodes': {
    '0.82': { seconds: '1' },
    '132.66': { '/masters/master-1/health rfail': 'cannot reach the health endpoint' },
    '233.47': { '/masters/master-1/health rfail': null },
  },
};

/** What was arranged for a flight, which its README tells of. */
export const ARRANGED: Readonly<Record<string, readonly NodesArrangement[]>> = {
  'flights/remote-fails': [
    {
      t: 0,
      arranged: 'leaves take 0.9 s',
      seconds: 0.9,
      rules: { [`${M2}/system-upgrade sleep`]: '4', [`${M2}/system-upgrade fail`]: BROKEN },
    },
    { t: 99, arranged: 'repaired', rules: { [`${M2}/system-upgrade fail`]: null } },
  ],
};

/** What an arrangement changes, in rules or in words. */
export function rulesOf({ t, rules = {} }: NodesArrangement, folder: string): Rules {
  return { ...TOLD_IN_WORDS[folder]?.[String(t)], ...rules };
}

/** Machines and agents that stop and start are told of in words in every recording. */
export const IN_WORDS: readonly {
  words: RegExp;
  does: 'agent stops' | 'agent starts' | 'etcd stops' | 'etcd starts';
}[] = [
  { words: /^etcd is stopped/, does: 'etcd stops' },
  { words: /^etcd runs again/, does: 'etcd starts' },
  { words: /update agent on (\S+) (is stopped|is killed|gets SIGTERM)/, does: 'agent stops' },
  { words: /the update agent on (\S+) runs again|^the agent runs again/, does: 'agent starts' },
];
