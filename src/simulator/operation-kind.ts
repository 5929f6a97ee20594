/** What an operation type means for operation and cluster state (engine-observed 10, data.md 5.3). */
export type OperationKind = {
  /** As gravity calls it in `operation(update(ID), …)`. */
  word: string;
  /** The operation's state while it runs. */
  running: string;
  /** The cluster's state while it runs. */
  cluster: string;
  /** The cluster's state after it failed. */
  failed: string;
  /** `plan rollback` and `rollback` accept it. */
  rollsBack: 'yes' | 'by phase' | 'no';
  /** Its line in `status`; % stands for what it is about. */
  describe: string;
};

const KINDS: Record<string, OperationKind> = {
  operation_update: row(
    'update',
    'update_in_progress',
    'updating',
    'updating',
    'yes',
    'Upgrade to version %',
  ),
  operation_update_environ: row(
    'update runtime environment',
    'update_environ_in_progress',
    'updating_cluster_environ',
    'updating_cluster_environ',
    'yes',
    'Runtime environment update',
  ),
  operation_update_config: row(
    'update configuration',
    'update_config_in_progress',
    'updating_cluster_config',
    'updating_cluster_config',
    'yes',
    'Runtime configuration update',
  ),
  operation_gc: row(
    'garbage collect',
    'gc_in_progress',
    'collecting_garbage',
    'active',
    'no',
    'Garbage collection',
  ),
  operation_install: row(
    'install',
    'install_deploying',
    'installing',
    'failed',
    'by phase',
    '%-node install',
  ),
  operation_expand: row('expand', 'expand_deploying', 'expanding', 'active', 'by phase', 'Join node %'),
  operation_shrink: row('shrink', 'shrink_in_progress', 'shrinking', 'active', 'no', 'Remove node %'),
  operation_reconfigure: row(
    'reconfigure',
    'reconfigure_in_progress',
    'reconfiguring',
    'failed',
    'no',
    'Advertise address change to %',
  ),
};

/** The row of a type; a type nobody has seen behaves like an update under its own name. */
export function operationKind(type: string): OperationKind {
  return (
    KINDS[type] ??
    row(type.replace(/^operation_/, ''), 'update_in_progress', 'updating', 'updating', 'yes', type)
  );
}

function row(
  word: string,
  running: string,
  cluster: string,
  failed: string,
  rollsBack: OperationKind['rollsBack'],
  describe: string,
): OperationKind {
  return { word, running, cluster, failed, rollsBack, describe };
}
