import { describe, expect, it } from 'vitest';
import { eventNode } from '../../src/model/event-node.ts';
import { clusterWith, recordedPlan } from '../actions/a-cluster.ts';

const cluster = clusterWith(recordedPlan('plans/fresh-3m2w.json'));

describe('a name in the timeline is told as the host name', () => {
  const rows: [string, string | null, string | null][] = [
    ['of a node by serf’s name', '192_168_1_12.demo', 'master-2'],
    ['of a leader by its address', '192.168.1.12', 'master-2'],
    ['of a host as the agent wrote it', 'master-2', 'master-2'],
    ['of nobody the plan knows as it came', '10_9_9_9.demo', '10_9_9_9.demo'],
    ['of nobody as nobody', null, null],
  ];
  for (const [title, name, host] of rows) it(title, () => expect(eventNode(cluster, name)).toBe(host));
});
