import type { Rolling } from './build-rolling.ts';

const CONFIG_WORDS = {
  config: 'Update runtime configuration',
  groups: 'Update cluster configuration',
  node: 'Update configuration on node',
};

/** What a resource changes decides what is restarted (operations.md 3 and 4). */
export const ROLLING = {
  environment: {
    type: 'operation_update_environ',
    words: {
      config: 'Update cluster environment',
      groups: 'Update cluster environment',
      node: 'Update runtime environment on node',
    },
    workers: true,
  },
  masters: { type: 'operation_update_config', words: CONFIG_WORDS, workers: false },
  kubelet: { type: 'operation_update_config', words: CONFIG_WORDS, workers: true },
  serviceCidr: {
    type: 'operation_update_config',
    words: CONFIG_WORDS,
    workers: true,
    serviceCidr: '10.101.0.0/16',
  },
} as const satisfies Record<string, Rolling>;
