import { readDisruptionBudgets } from '../adapters/kubernetes/disruption-budgets.ts';
import { readNodes } from '../adapters/kubernetes/nodes.ts';
import { readPods } from '../adapters/kubernetes/pods.ts';
import { drivingBinary } from '../model/driving-binary.ts';
import type { Finished, Processes } from '../ports.ts';
import type { DisruptionBudget, KubernetesNode, Pod } from '../protocol/kubernetes.ts';
import type { Reading } from '../protocol/problem.ts';
import type { Ledger } from './contracts.ts';

/** What Kubernetes tells through `gravity exec kubectl`; null where it gave no answer that can be read. */
export type Kubectl = {
  /** Of one node, by the name Kubernetes has for it. */
  podsOn(node: string): Promise<Pod[] | null>;
  podsIn(namespace: string): Promise<Pod[] | null>;
  budgets(): Promise<DisruptionBudget[] | null>;
  nodes(): Promise<KubernetesNode[] | null>;
};

type World = { processes: Pick<Processes, 'run'>; ledger: Pick<Ledger, 'state'> };

const maxBytes = 16 * 1024 * 1024;

/** Commands of kubectl inside planet (commands.md): they need no lock of gravity's database. */
export function createKubectl(world: World, timeoutMs: number): Kubectl {
  const get = <T>(words: readonly string[], read: (text: string) => Reading<T>) =>
    asked(world, { words: ['get', ...words, '--output=json'], timeoutMs }, read);
  return {
    podsOn: (node) => get(['pods', '--all-namespaces', `--field-selector=spec.nodeName=${node}`], readPods),
    podsIn: (namespace) => get(['pods', `--namespace=${namespace}`], readPods),
    budgets: () => get(['poddisruptionbudgets', '--all-namespaces'], readDisruptionBudgets),
    nodes: () => get(['nodes'], readNodes),
  };
}

async function asked<T>(
  { processes, ledger }: World,
  { words, timeoutMs }: { words: readonly string[]; timeoutMs: number },
  read: (text: string) => Reading<T>,
): Promise<T | null> {
  const { binary } = drivingBinary(ledger.state());
  if (binary === null) return null;
  const command = { path: binary.path, argv: ['exec', 'kubectl', ...words] };
  const ended: Finished = await processes.run(command, { timeoutMs, maxBytes });
  if (ended.exitCode !== 0) return null;
  const reading = read(new TextDecoder().decode(ended.stdout));
  return reading.ok ? reading.value : null;
}
