/**
 * How gravity describes an operation of each type, and the state it has while it runs (data.md 3.2 and 5.2). Where only
 * the description is printed, the type is told from it; install and expand run through several states.
 */
export const operationDescriptions: readonly OperationDescription[] = [
  { type: 'operation_install', pattern: /^(\d+-node install|Cluster install)/i, running: 'in_progress' },
  { type: 'operation_expand', pattern: /^Join node /i, running: 'in_progress' },
  { type: 'operation_shrink', pattern: /^Remove node /i, running: 'shrink_in_progress' },
  { type: 'operation_update', pattern: /^(Upgrade to|Update to|Upgrade$)/i, running: 'update_in_progress' },
  {
    type: 'operation_update_environ',
    pattern: /^Runtime environment update/i,
    running: 'update_environ_in_progress',
  },
  {
    type: 'operation_update_config',
    pattern: /^Runtime configuration update/i,
    running: 'update_config_in_progress',
  },
  { type: 'operation_gc', pattern: /^Garbage collection/i, running: 'gc_in_progress' },
  {
    type: 'operation_reconfigure',
    pattern: /^Advertise address change/i,
    running: 'reconfigure_in_progress',
  },
  {
    type: 'operation_uninstall',
    pattern: /^Uninstall|^Cluster uninstall/i,
    running: 'uninstall_in_progress',
  },
];

export type OperationDescription = { type: string; pattern: RegExp; running: string };
