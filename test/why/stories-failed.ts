import { expect } from 'vitest';
import { fault } from '../../src/simulator/fault.ts';
import {
  atMaster2,
  drain2,
  failing,
  firstMaster,
  masters,
  prepared,
  toTheEnd,
  upgrade2,
  workers,
} from './arranging.ts';
import { isNow, type Story, works } from './story.ts';

/** A failure that hand work mends, after which the leaf is executed again. */
function mended(row: string, phase: string, given: { done: RegExp[]; text: string; says: RegExp }): Story {
  return {
    row,
    name: `${phase} fails: ${given.text}`,
    phase,
    arrange: async (stage) => {
      stage.complete(...given.done);
      await stage.look();
      await failing(stage, phase, given.text);
    },
    says: given.says,
    next: { what: 'hand' },
    take: async (stage, why) => {
      expect(why.after).toContain(`operation.step --phase ${phase}`);
      await stage.say('fix', phase);
      await stage.do('operation.step', { phase });
    },
    freed: async (stage) => isNow(stage, phase, 'completed'),
  };
}

/** The plan keeps the innermost error only, which names nothing: the kind of the phase says where to look. */
function nameless(
  row: string,
  phase: string,
  given: {
    done: RegExp[];
    error: string;
    says?: RegExp;
    next?: Story['next'];
    text?: RegExp;
    commands?: RegExp;
  },
): Story {
  return {
    row,
    name: `${phase} fails, and its error names nothing: ${given.error}`,
    phase,
    arrange: async (stage) => {
      stage.complete(...given.done);
      await stage.look();
      await failing(stage, phase, given.error);
    },
    says: given.says ?? new RegExp(given.error),
    next: given.next ?? { what: 'hand' },
    take: async (stage, why) => {
      expect(why.next.text).toMatch(given.text ?? /./);
      expect(why.next.commands.join('\n')).toMatch(given.commands ?? /./);
      await stage.say('fix', phase);
      await stage.do('operation.step', { phase });
    },
    freed: async (stage) => isNow(stage, phase, 'completed'),
  };
}

/** Leaves that failed, and leaves whose node is in the way (engine.md 10). */
export const failedStories: readonly Story[] = [
  {
    row: 'failed.health',
    name: 'the node did not get healthy in five minutes',
    phase: '/masters/master-2/health',
    arrange: async (stage) => {
      stage.complete(prepared, firstMaster, /master-2\/(drain|system|elect)/);
      await stage.say('probe', 'master-2', 'docker', 'failed', 'docker.sock: connection refused');
      await stage.look();
      await stage.do('operation.step', { phase: '/masters/master-2/health' });
    },
    says: /node is degraded[\s\S]*master-2: docker has failed/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('probe', 'master-2', 'docker', 'running');
      await stage.look();
      const why = await stage.ask({ phase: '/masters/master-2/health' });
      expect(why.next).toMatchObject({ what: 'action', action: 'operation.step' });
      await stage.do('operation.step', why.next.args);
    },
    freed: async (stage) => isNow(stage, '/masters/master-2/health', 'completed'),
  },
  {
    row: 'failed.disk-full',
    name: 'the disk is full while the new packages come',
    phase: '/bootstrap/worker-1',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update)/, /bootstrap\/master/);
      await stage.say('disk', 'worker-1', '100');
      await stage.look();
      await stage.do('operation.step', { phase: '/bootstrap/worker-1' });
    },
    says: /no space left on device[\s\S]*room is made by hand/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('disk', 'worker-1', '40');
      await stage.look();
      await stage.do('operation.step', { phase: '/bootstrap/worker-1' });
    },
    freed: async (stage) => isNow(stage, '/bootstrap/worker-1', 'completed'),
  },
  {
    row: 'failed.etcd-dark',
    name: 'a phase waited a quarter of an hour for the store of the cluster',
    phase: '/coredns',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update|bootstrap)/);
      await stage.look();
      await stage.say('etcd', 'down');
      await stage.gravity('plan', 'execute', '--phase=/coredns');
    },
    says: /etcd cluster is unavailable/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('etcd', 'up');
      await stage.do('operation.step', { phase: '/coredns' });
    },
    freed: async (stage) => isNow(stage, '/coredns', 'completed'),
  },
  {
    row: 'failed.etcd-dark',
    name: 'etcd is shut down by the plan itself, and its upgrade failed: the phases of etcd bring it back',
    phase: '/etcd/upgrade/master-1',
    arrange: async (stage) => {
      stage.complete(prepared, masters, workers);
      await stage.look();
      for (const phase of ['/etcd/backup', '/etcd/shutdown'])
        await works(stage, `plan execute --phase=${phase}`);
      await failing(stage, '/etcd/upgrade/master-1', 'etcd did not come up in upgrade mode: exit status 1');
      await stage.say('fix', '/etcd/upgrade/master-1');
    },
    says: /the plan itself shut etcd down on 3 masters/,
    next: { what: 'action', action: 'operation.step' },
    freed: toTheEnd,
  },
  {
    row: 'api.dark',
    name: 'a command that asks the API while there is none',
    arrange: async (stage) => {
      await stage.say('etcd', 'down');
      const { err } = await stage.gravity('agent', 'deploy');
      return err;
    },
    says: /failed to resolve gravity-site/,
    next: { what: 'hand' },
    take: (stage) => stage.say('etcd', 'up'),
    freed: (stage) => works(stage, 'agent deploy'),
  },
  mended('failed.checks', '/checks', {
    done: [/^\/init/],
    text: 'The following checks failed: disk write speed is 3MB/s on master-2, want 10MB/s',
    says: /--force skips requirements, not the checks/,
  }),
  mended('failed.hook', '/pre-update', {
    done: [/^\/(init|checks)/],
    text: 'hook failed: job preupdate-1 BackoffLimitExceeded',
    says: /a hook is a job of the application/,
  }),
  mended('failed.endpoints', '/masters/master-2/endpoints', {
    done: [prepared, firstMaster, /master-2\/(drain|system|elect|health|taint|uncordon)/],
    text: 'no active endpoints found for query gravity-site',
    says: /no active endpoints found/,
  }),
  mended('failed.unit', upgrade2, {
    done: [prepared, firstMaster, /master-2\/drain/],
    text: 'unit planet.service did not start',
    says: /unit planet\.service did not start/,
  }),
  mended('leaf.failed', '/coredns', {
    done: [/^\/(init|checks|pre-update|bootstrap)/],
    text: 'the hamster fell off its wheel',
    says: /the hamster fell off its wheel[\s\S]*such phases usually fail for/,
  }),
  {
    row: 'failed.election',
    name: 'leader election was left half-way: the phase may be repeated',
    phase: '/masters/master-2/elect',
    arrange: async (stage) => {
      stage.complete(prepared, firstMaster, /master-2\/(drain|system)/);
      await stage.look();
      await failing(stage, '/masters/master-2/elect', 'leader resolution timeout');
      await stage.say('fix', '/masters/master-2/elect');
    },
    says: /an election left half-way/,
    next: { what: 'action', action: 'operation.step', args: { phase: '/masters/master-2/elect' } },
    freed: async (stage) => isNow(stage, '/masters/master-2/elect', 'completed'),
  },
  {
    row: 'failed.connection-lost',
    name: 'the connection to the node broke before it began',
    phase: '/init/worker-1',
    arrange: async () =>
      'failed to execute command [plan execute --phase /init/worker-1]: rpc error: code = Unavailable desc = transport is closing',
    says: /ready to run|its turn comes/,
    next: { what: 'action', action: 'operation.step' },
    freed: (stage) => works(stage, 'plan execute --phase=/init/worker-1'),
  },
  {
    row: 'leaf.not-begun',
    name: 'its pre-check fails: the plan stays as it was, and the error is not forgotten',
    phase: '/coredns',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update|bootstrap)/);
      stage.world.arranged.set('/coredns', { precheck: fault('the hamster is not in its wheel') });
      await stage.look();
      await stage.do('operation.step', { phase: '/coredns' });
      await stage.pass(300_000);
    },
    says: /ended: the hamster is not in its wheel\nthe plan says unstarted: it failed before its work began/,
    next: { what: 'hand' },
    take: async (stage, why) => {
      expect(why.after).toContain('operation.step --phase /coredns');
      stage.world.arranged.delete('/coredns');
      await stage.do('operation.step', { phase: '/coredns' });
    },
    freed: async (stage) => isNow(stage, '/coredns', 'completed'),
  },
  {
    row: 'execute.requires',
    name: 'with etcd down a node does not know what ran elsewhere: trying again does not help',
    phase: '/nodes/worker-1/system-upgrade',
    arrange: async (stage) => {
      stage.complete(prepared, masters);
      await stage.say('etcd', 'down');
      stage.complete(/worker-1\/drain/);
      await stage.look();
      await stage.do('operation.step', { phase: '/nodes/worker-1/system-upgrade' });
    },
    says: /worker-1\/drain is completed, and worker-1 does not know it[\s\S]*0 of 3 members of etcd answer/,
    next: { what: 'hand' },
    take: async (stage, why) => {
      expect(why.after).toContain('operation.step --phase /nodes/worker-1/system-upgrade');
      await stage.say('etcd', 'up');
      await stage.do('operation.step', { phase: '/nodes/worker-1/system-upgrade' });
    },
    freed: async (stage) => isNow(stage, '/nodes/worker-1/system-upgrade', 'completed'),
  },
  nameless('drain.held', drain2, {
    done: [prepared, firstMaster],
    error: 'timed out waiting for the condition',
    says: /it failed: timed out[\s\S]*no disruption budget holds a pod/,
    next: { what: 'action', action: 'operation.step' },
  }),
  nameless('leaf.failed', '/pre-update', {
    done: [/^\/(init|checks)/],
    error: 'Job has reached the specified backoff limit',
    text: /read the log of the hook’s job/,
    commands: /get jobs/,
  }),
  nameless('leaf.failed', '/masters/master-2/health', {
    done: [prepared, firstMaster, /master-2\/(drain|system|elect)/],
    error: 'context deadline exceeded',
    text: /fix the failing probes of master-2/,
    commands: /gravity status/,
  }),
  nameless('leaf.failed', '/masters/master-2/taint', {
    done: [prepared, firstMaster, /master-2\/(drain|system|elect|health)/],
    error: 'etcdserver: request timed out',
    text: /every member of etcd is healthy/,
    commands: /etcdctl cluster-health/,
  }),
  nameless('leaf.failed', '/masters/master-2/system-upgrade', {
    done: [prepared, firstMaster, /master-2\/drain/],
    error: 'exit status 255',
    text: /failing probes of master-2/,
    commands: /exec systemctl|get nodes/,
  }),
  {
    row: 'leaf.node-down',
    name: 'the node of the next leaf is off',
    phase: upgrade2,
    arrange: async (stage) => {
      await atMaster2(stage);
      await stage.say('power', 'master-2', 'off');
    },
    says: /master-2 does not answer/,
    next: { what: 'hand' },
    take: (stage) => stage.say('power', 'master-2', 'on'),
    freed: toTheEnd,
  },
  {
    row: 'leaf.node-left',
    name: 'a node left the cluster after the plan was made',
    phase: '/bootstrap/worker-2',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update)/, /bootstrap\/(master|worker-1)/);
      stage.cluster.nodes.delete('worker-2');
      stage.cluster.agents.delete('worker-2');
    },
    says: /worker-2 is in the cluster no more/,
    next: { what: 'action', action: 'phase.set', args: { phase: '/bootstrap/worker-2', state: 'completed' } },
    freed: async (stage) => isNow(stage, '/bootstrap', 'completed'),
  },
];
