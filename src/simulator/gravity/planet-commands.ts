import { type Fault, fault } from '../fault.ts';
import { etcdHealth } from '../planet/etcd-health.ts';
import { jobsTable } from '../planet/hook-jobs.ts';
import { type KubectlWords, kubectlWords } from '../planet/kubectl-words.ts';
import { eventsTable } from '../planet/kubernetes-events.ts';
import { kubernetesNodes } from '../planet/kubernetes-nodes.ts';
import { type ListedItem, listedItems } from '../planet/listed-items.ts';
import { planetPrograms } from '../planet/planet-programs.ts';
import { endpointsTable } from '../planet/system-endpoints.ts';
import type { Arguments } from './arguments.ts';
import type { GravityCommand } from './command-row.ts';
import { kubectl } from './kubectl.ts';
import type { GravityProcess } from './process.ts';

/** `gravity exec`: what an operator looks at inside planet. What would change something is not simulated. */
export const planetCommands: readonly GravityCommand[] = [
  { words: ['exec'], operands: Number.POSITIVE_INFINITY, run: insidePlanet },
];

function insidePlanet(gravity: GravityProcess, given: Arguments): Fault | null {
  const [program = '', ...words] = given.operands;
  const name = program.replace(/^.*\//, '');
  if (!gravity.cluster.situation.planet) return kubectl(gravity, given);
  if (name === 'etcdctl' && words[0] === 'cluster-health') return etcdHealth(gravity);
  const answer = planetPrograms[name];
  if (answer !== undefined) {
    gravity.out(answer(gravity));
    return null;
  }
  const asked = kubectlWords(words);
  const isTable = name === 'kubectl' && asked.verb === 'get' && !/^(json|yaml|jsonpath)/.test(asked.output);
  return isTable ? table(gravity, given, asked) : kubectl(gravity, given);
}

/** What kubectl says where the API answers, told by the list it would give in JSON where that is simulated. */
function table(gravity: GravityProcess, given: Arguments, asked: KubectlWords): Fault | null {
  const { cluster } = gravity;
  let json = '';
  const refused = kubectl(
    {
      ...gravity,
      out: (text) => {
        json += text;
      },
    },
    given,
  );
  if (refused !== null) return refused;
  const text =
    TABLES.find(({ kinds }) => kinds.test(asked.kind))?.text(gravity, asked) ??
    listedItems(itemsOf(json), asked, cluster.world.clock.now()) ??
    null;
  if (text === null) return fault(`the server doesn't have a resource type "${asked.kind}"`);
  if (text !== '') gravity.out(text);
  else
    gravity.err(`No resources found${asked.namespace === null ? '' : ` in ${asked.namespace} namespace.`}\n`);
  return null;
}

const TABLES: readonly { kinds: RegExp; text(gravity: GravityProcess, asked: KubectlWords): string }[] = [
  { kinds: /^no(des?)?$/, text: ({ cluster }, asked) => kubernetesNodes(cluster, asked) },
  { kinds: /^ev(ents?)?$/, text: ({ cluster }, asked) => eventsTable(cluster, asked) },
  {
    kinds: /^jobs?(\..*)?$/,
    text: ({ cluster }, { namespace }) => (namespace === 'kube-system' ? jobsTable(cluster) : ''),
  },
  {
    kinds: /^(ep|endpoints?)$/,
    text: ({ cluster }, { namespace }) => (namespace === 'kube-system' ? endpointsTable(cluster) : ''),
  },
];

function itemsOf(json: string): ListedItem[] {
  const list: unknown = JSON.parse(json);
  if (typeof list !== 'object' || list === null || !('items' in list) || !Array.isArray(list.items))
    return [];
  return list.items;
}
