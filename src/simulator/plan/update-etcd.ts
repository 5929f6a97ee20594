import type { PhaseData, PhaseDocument, ServerDocument } from '../plan-document.ts';
import { group, leaf, perServer } from './phase.ts';
import type { Step } from './update-step.ts';

/** What is done on every master in turn: the leaf of a stage requires the same master's leaf of the stage before. */
type Stage = {
  name: string;
  title: string;
  executor: string;
  does: (host: string) => string;
  /** Data beside the server. */
  extra?: (server: ServerDocument) => PhaseData;
};

/** Stop, upgrade and restart of etcd on all masters; it requires nothing, on purpose (engine-observed 2). */
export function etcdPhase(step: Step, masters: readonly ServerDocument[]): PhaseDocument {
  const at = `${step.at}/etcd`;
  const stages = stagesOf(step, masters);
  const phases = stages.map(({ name, title, executor, does, extra }, index) => {
    const before = stages[index - 1]?.name;
    const leaves = perServer(masters, (server) => ({
      id: `${at}/${name}/${server.hostname}`,
      executor,
      description: does(server.hostname),
      ...(before === undefined ? {} : { requires: [`${at}/${before}/${server.hostname}`] }),
      data: { server, ...extra?.(server) },
    }));
    const last = index === stages.length - 1 ? [siteRestart(`${at}/${name}`, masters)] : [];
    return group({ id: `${at}/${name}`, description: title, phases: [...leaves, ...last] });
  });
  const { from, to } = step;
  return group({ id: at, description: `Upgrade etcd ${from.etcd} to ${to.etcd}`, phases });
}

function stagesOf({ from, to }: Step, [lead]: readonly ServerDocument[]): Stage[] {
  return [
    {
      name: 'backup',
      title: 'Backup etcd data',
      executor: 'etcd_backup',
      does: (host) => `Backup etcd on node "${host}"`,
    },
    {
      name: 'shutdown',
      title: 'Shutdown etcd cluster',
      executor: 'etcd_shutdown',
      does: (host) => `Shutdown etcd on node "${host}"`,
      extra: (server) => ({ data: String(server === lead) }),
    },
    {
      name: 'upgrade',
      title: 'Upgrade etcd servers',
      executor: 'etcd_upgrade',
      does: (host) => `Upgrade etcd on node "${host}"`,
    },
    {
      name: 'migrate',
      title: 'Migrate etcd data to new version',
      executor: 'etcd_migrate',
      does: (host) => `Migrate etcd data to version ${to.etcd} on node "${host}"`,
      extra: () => ({ update: { etcd_upgrade: { from: from.etcd, to: to.etcd } } }),
    },
    {
      name: 'restart',
      title: 'Restart etcd servers',
      executor: 'etcd_restart',
      does: (host) => `Restart etcd on node "${host}"`,
    },
  ];
}

/** Gravity's own service must find the new etcd; it runs on the lead. */
function siteRestart(at: string, [lead]: readonly ServerDocument[]): PhaseDocument {
  return leaf({
    id: `${at}/gravity-site`,
    executor: 'etcd_restart_gravity',
    description: 'Restart gravity-site service',
    data: lead === undefined ? {} : { server: lead },
  });
}
