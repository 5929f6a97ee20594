import type { WorkMoment } from './world.ts';

/** A line said to the cluster as `simulate` would say it; names as in `namedInPlan`. */
export type Said = {
  words: readonly string[];
  /** The moment of a leaf's work at which it is said, once; at the start without. */
  when?: { phase: string; moment: WorkMoment };
};

/** What happens by itself in a simulated cluster: data alone. */
export type Scenario = {
  describe: string;
  /**
   * Where the operation stands when the doors open: nothing done and nobody at work; from its first leaf on in the unit
   * of `plan resume`; or the same with the preparations already behind it.
   */
  begins: 'waiting' | 'from the start' | 'under way';
  /** The node both doors stand on, where it is not the lead master. */
  host?: string;
  says: readonly Said[];
};

const began = (phase: string) => ({ phase, moment: 'began' as const });
const executed = (phase: string) => ({ phase, moment: 'executed' as const });

/** Named for what goes wrong (engine.md 10). */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'drain-fails': {
    describe: 'an upgrade under way, until the drain of the second master is held up by a disruption budget',
    begins: 'under way',
    says: [
      {
        words: [
          'fail',
          '@drain_node:2',
          'error draining node @drain_node:2.node: pod shop/shop-db-0 could not be evicted: ' +
            'disruption budget shop-db allows 0 disruptions',
        ],
      },
      {
        words: [
          'alert',
          'KubePodCrashLooping',
          'critical',
          'Pod shop/shop-db-0 (shop-db) is restarting 1.03 times / 5 minutes.',
        ],
      },
    ],
  },
  'drain-held': {
    describe:
      'the drain of the second master is held by a pod and its disruption budget, until that is mended',
    begins: 'under way',
    says: [{ words: ['evict-block', 'shop/shop-db-0', 'on'], when: began('@drain_node:2') }],
  },
  'election-stuck': {
    describe: 'the second master finds no leader after its system upgrade',
    begins: 'under way',
    says: [{ words: ['fail', '@election_status:3', 'leader resolution timeout'] }],
  },
  smooth: { describe: 'an upgrade under way in which nothing fails', begins: 'under way', says: [] },
  quiet: { describe: 'an upgrade just begun that waits for its operator', begins: 'waiting', says: [] },
  'crash-local': {
    describe: 'gravity dies on the lead master in the middle of its own system upgrade',
    begins: 'under way',
    says: [{ words: ['crash', '@update_system:1'] }],
  },
  'crash-remote': {
    describe: "gravity dies on the second master in the middle of that one's system upgrade",
    begins: 'under way',
    says: [{ words: ['crash', '@update_system:2'] }],
  },
  'agent-lost': {
    describe: 'the update agent of the first worker is gone when its turn comes',
    begins: 'under way',
    says: [{ words: ['agent-down', '@worker:1'] }],
  },
  'node-reboots': {
    describe: 'the second master reboots in the middle of its system upgrade',
    begins: 'under way',
    says: [{ words: ['reboot', '@master:2'], when: began('@update_system:2') }],
  },
  'etcd-dark': {
    describe: 'the upgrade of etcd fails on the second master while etcd is shut down everywhere',
    begins: 'under way',
    says: [{ words: ['fail', '@etcd_upgrade:2', 'etcd did not come up in upgrade mode: exit status 1'] }],
  },
  'health-fails': {
    describe: 'the second master does not get healthy after its system upgrade',
    begins: 'under way',
    says: [
      {
        words: [
          'probe',
          '@master:2',
          'docker',
          'failed',
          'healthz check failed: docker.sock: connection refused',
        ],
        when: executed('@update_system:2'),
      },
    ],
  },
  'wrong-node': {
    describe: 'the console is on the second master, and the upgrade is led from the first',
    begins: 'waiting',
    host: '@master:2',
    says: [],
  },
  'wrong-binary': {
    describe: 'the gravity at hand is that of the installed version, not the one the plan names',
    begins: 'waiting',
    says: [{ words: ['binary', '7.0.12'] }],
  },
  'two-shells': {
    describe:
      'somebody in another shell executes the bootstrap of the first worker, where the upgrade soon arrives',
    begins: 'from the start',
    says: [
      { words: ['slow', '/bootstrap/@worker:1', '20'] },
      {
        words: ['shell', 'plan execute --phase=/bootstrap/@worker:1 --force'],
        when: began('@update_checks:1'),
      },
    ],
  },
  'plan-lags': {
    describe: 'the copy of the plan on the lead master is half a minute behind the others',
    begins: 'under way',
    says: [{ words: ['lag', '@master:1', '30'] }],
  },
  locked: {
    describe: 'somebody holds the local database for more than a minute, again and again',
    begins: 'under way',
    says: [
      { words: ['lock', '75'] },
      { words: ['lock', '75'], when: began('@update_system:1') },
      { words: ['lock', '75'], when: began('@update_system:2') },
    ],
  },
  'disk-fills': {
    describe: 'the disk of the first worker fills while the new packages come, until there is no room left',
    begins: 'from the start',
    says: [
      { words: ['disk', '@worker:1', '78'] },
      { words: ['disk', '@worker:1', '84'], when: began('@update_checks:1') },
      { words: ['disk', '@worker:1', '93'], when: began('@update_bootstrap:1') },
      { words: ['disk', '@worker:1', '100'], when: began('/bootstrap/@worker:1') },
    ],
  },
  'certificates-rotate': {
    describe: 'the certificates of the cluster are renewed when the lead master has its new system',
    begins: 'under way',
    says: [{ words: ['certificates', 'rotate'], when: executed('@update_system:1') }],
  },
  'clock-skew': {
    describe: 'the clock of the second master is a minute and a half ahead, and the newest stamp wins',
    begins: 'under way',
    says: [
      { words: ['clock', '@master:2', '90'] },
      { words: ['fail', '@update_system:2', 'unit planet.service did not start'] },
    ],
  },
  'second-master-fails': {
    describe:
      'the second master goes down while the first one has its system replaced: etcd loses its quorum',
    begins: 'under way',
    says: [{ words: ['power', '@master:2', 'off'], when: began('@update_system:1') }],
  },
};

export const DEFAULT_SCENARIO = 'drain-fails';
