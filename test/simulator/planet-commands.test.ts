import { beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../../src/simulator/cluster/cluster.ts';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { fault } from '../../src/simulator/fault.ts';
import { runGravity } from '../../src/simulator/gravity/run-gravity.ts';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { newLife } from '../../src/simulator/life.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { untouchedPlan } from './recorded-plan.ts';

let cluster: Cluster;

beforeEach(() => {
  const clock = instantClock(Date.parse('2030-01-01T00:00:00Z'));
  cluster = createCluster(createWorld({ plan: untouchedPlan('plans/fresh-3m2w.json'), clock }));
});

async function gravity(line: string): Promise<{ code: number; out: string; err: string }> {
  const answer = { code: -1, out: '', err: '' };
  const exit = await runGravity({
    cluster,
    argv: line.split(' '),
    uid: 0,
    node: cluster.host,
    life: newLife(),
    out: (text) => {
      answer.out += text;
    },
    err: (text) => {
      answer.err += text;
    },
    readLine: async () => null,
  });
  return { ...answer, code: 'code' in exit ? exit.code : -1 };
}

const nodes = 'exec kubectl get nodes --output=wide';
const taints =
  'exec kubectl get nodes --output=custom-columns=NODE:.metadata.name,UNSCHEDULABLE:.spec.unschedulable,TAINTS:.spec.taints[*].key';

/** The line of a table that begins with, or holds, these words. */
async function lineWith(line: string, word: string): Promise<string | undefined> {
  return (await gravity(line)).out.split('\n').find((each) => each.includes(word));
}

/** Runs the first leaves of the plan up to and with this one. */
async function until(id: string): Promise<void> {
  for (const leaf of cluster.world.tree.leaves) {
    await gravity(`plan execute --phase=${leaf.id}`);
    if (leaf.id === id) return;
  }
}

describe('the nodes in kubectl’s table', () => {
  test('are ready, with what wide adds', async () => {
    expect(await lineWith(nodes, '192.168.1.12')).toMatch(
      /^192\.168\.1\.12 +Ready +master +\S+ +v1\.17\.9 +192\.168\.1\.12 .*docker/,
    );
  });

  test('are cordoned from the drain on, also from one that failed, until they are uncordoned', async () => {
    cluster.world.arranged.set('/masters/master-1/drain', { execute: fault('error evicting pod') });
    await until('/masters/master-1/drain');
    expect(await lineWith(nodes, '192.168.1.11')).toContain('Ready,SchedulingDisabled');
    cluster.world.arranged.delete('/masters/master-1/drain');
    await until('/masters/master-1/uncordon');
    expect(await lineWith(nodes, '192.168.1.11')).not.toContain('SchedulingDisabled');
  });

  test('say their taints until those are taken away', async () => {
    await until('/masters/master-1/taint');
    expect(await lineWith(taints, '192.168.1.11')).toMatch(/true +gravitational\.io\/runlevel,/);
    await until('/masters/master-1/untaint');
    expect(await lineWith(taints, '192.168.1.11')).toMatch(/<none> +<none>$/);
  });
});

describe('what else is looked at in planet', () => {
  test('pods and budgets come as tables, the node’s own with where they run', async () => {
    const pods = await gravity(
      'exec kubectl get pods --all-namespaces --output=wide --field-selector=spec.nodeName=192.168.1.12',
    );
    expect(pods.out).toMatch(/^NAMESPACE +NAME +READY +STATUS .*NODE/);
    expect(pods.out).toMatch(/^kube-system +dns-master-2 +1\/1 +Running .*192\.168\.1\.12/m);
    const budgets = await gravity('exec kubectl get poddisruptionbudgets --all-namespaces');
    expect(budgets.out).toMatch(/^NAMESPACE .*ALLOWED DISRUPTIONS +AGE\n\S+ .* 1 /);
  });

  test('hook jobs and events tell which hook failed', async () => {
    expect((await gravity('exec kubectl get jobs --namespace=kube-system')).err).toBe(
      'No resources found in kube-system namespace.\n',
    );
    cluster.world.arranged.set('/pre-update', { execute: fault('hook failed') });
    await until('/pre-update');
    expect(await lineWith('exec kubectl get jobs --namespace=kube-system', 'pre-update-')).toMatch(/ 0\/1 /);
    const events = await gravity('exec kubectl get events --all-namespaces --sort-by=.lastTimestamp');
    expect(events.out).toMatch(/Warning +BackoffLimitExceeded +job\/pre-update-/);
    const said = 'LAST:.lastTimestamp,OBJECT:.involvedObject.name,MESSAGE:.message';
    const own = await gravity(`exec kubectl get events --all-namespaces --output=custom-columns=${said}`);
    expect(own.out).toMatch(
      /^2030-01-01T00:\d\d:\d\dZ +pre-update-\w+ +Job has reached the specified backoff limit$/m,
    );
  });

  test('etcd’s members answer, until one of them is stopped', async () => {
    expect(await gravity('exec etcdctl cluster-health')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/(member \w{16} is healthy: .*\n){3}cluster is healthy\n$/),
    });
    for (const node of cluster.nodes.values()) if (node.role === 'master') node.etcdStopped = true;
    expect(await gravity('exec etcdctl cluster-health')).toMatchObject({
      code: 255,
      out: 'cluster may be unhealthy: failed to list members\n',
    });
    expect(await gravity(nodes)).toMatchObject({
      code: 255,
      out: '',
      err: expect.stringContaining('refused'),
    });
  });

  test('the disk, failed units and the log are those of the node it is asked on', async () => {
    const here = cluster.nodes.get(cluster.host);
    if (here === undefined) throw new Error('the host is no node');
    here.diskPercent = 84;
    here.probes.set('systemd', {
      checker: 'systemd',
      status: 'failed',
      detail: 'flanneld.service',
      error: 'failed',
    });
    expect((await gravity('exec df /var/lib/gravity --human-readable')).out).toMatch(
      / 84% \/var\/lib\/gravity/,
    );
    expect((await gravity('exec systemctl --failed --no-pager')).out).toContain('flanneld.service');
    expect((await gravity('exec journalctl --no-pager --lines=50')).out).toContain('checker:systemd');
  });

  test('what is not simulated is refused in words, never answered', async () => {
    expect((await gravity('exec kubectl delete pod x')).code).toBe(255);
    expect((await gravity('exec rm -rf /')).code).toBe(255);
    expect((await gravity('exec kubectl get unicorns')).err).toContain('resource type "unicorns"');
  });
});
