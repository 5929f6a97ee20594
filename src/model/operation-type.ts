/**
 * What gravity does by hand with an operation of one type (operations.md 1 to 9, engine.md 3.1 and 5, commands.md 3.3).
 * `name` is ours, `word` gravity's own in its sentences.
 */
export type OperationType = {
  name: string;
  word: string;
  /** Whether it has a plan; gravity-site runs the others to their end by itself. */
  hasPlan: boolean;
  /** `plan execute`, `plan set`: phases are driven one by one. */
  byHand: boolean;
  /** `plan resume`: in gravity's own unit, in the process itself, by handing over to the operation's service, or not at all. */
  resumes: 'unit' | 'foreground' | 'service' | 'no';
  /** `gravity rollback` of all and `plan rollback` of phases, phases alone, or neither. */
  rollsBack: 'whole' | 'phases' | 'no';
  /** The command line still takes it when it is completed: its local copy goes on as in progress (engine-observed 9). */
  staysOpen: boolean;
  /** Its phases go through the cluster's API, which must answer. */
  needsApi: boolean;
  /** Who runs it unless an operator does: doing both runs phases twice. Null where nobody else does. */
  service: { unit: string; where: string } | null;
  /** What `plan complete` makes of one that came to no plan (engine.md 5). */
  withoutPlan: 'fails' | 'stays';
  /** What to do instead of what it does not support. */
  instead: string;
};

const planned: Omit<OperationType, 'name' | 'word'> = {
  hasPlan: true,
  byHand: true,
  resumes: 'unit',
  rollsBack: 'whole',
  staysOpen: false,
  needsApi: false,
  service: null,
  withoutPlan: 'fails',
  instead: 'execute what is left, or complete the operation: operation.complete',
};

const planless: Omit<OperationType, 'name' | 'word' | 'instead'> = {
  ...planned,
  hasPlan: false,
  byHand: false,
  resumes: 'no',
  rollsBack: 'no',
};

const types: Readonly<Record<string, OperationType>> = {
  operation_update: { ...planned, name: 'upgrade', word: 'update', withoutPlan: 'stays' },
  operation_update_environ: {
    ...planned,
    name: 'environment update',
    word: 'update runtime environment',
    staysOpen: true,
  },
  operation_update_config: {
    ...planned,
    name: 'configuration update',
    word: 'update configuration',
    staysOpen: true,
  },
  operation_gc: {
    ...planned,
    name: 'garbage collection',
    word: 'garbage collect',
    resumes: 'foreground',
    rollsBack: 'no',
    needsApi: true,
  },
  operation_install: {
    ...planned,
    name: 'install',
    word: 'install',
    resumes: 'service',
    rollsBack: 'phases',
    service: { unit: 'gravity-installer.service', where: 'the node it was started on' },
    instead:
      'roll back to before its first phase: operation.rollback-to, or gravity leave --force on every node',
  },
  operation_expand: {
    ...planned,
    name: 'join',
    word: 'expand',
    resumes: 'service',
    rollsBack: 'phases',
    service: { unit: 'gravity-agent.service', where: 'the joining node' },
    instead:
      'roll back to before its first phase: operation.rollback-to, or gravity leave --force on the new node',
  },
  operation_shrink: {
    ...planless,
    name: 'removal of a node',
    word: 'shrink',
    instead: 'watch its progress; when it failed, give gravity remove again with --force',
  },
  operation_uninstall: {
    ...planless,
    name: 'uninstall',
    word: 'uninstall',
    instead: 'watch its progress: it runs by itself',
  },
  operation_reconfigure: {
    ...planned,
    name: 'reconfiguration',
    word: 'reconfigure',
    byHand: false,
    resumes: 'no',
    rollsBack: 'no',
    service: { unit: 'gravity-installer.service', where: 'the node itself' },
    instead: 'run gravity resume on the node while its service is there; else the node is installed anew',
  },
};

/** The row of a type; one never seen is taken for an update under its own name, and gravity left to refuse. */
export function operationType(type: string | null): OperationType {
  const known = type === null ? undefined : types[type];
  const word = type?.replace(/^operation_/, '').replaceAll('_', ' ') ?? 'operation';
  return known ?? { ...planned, name: word, word };
}
