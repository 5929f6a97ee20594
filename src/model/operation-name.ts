const names: Readonly<Record<string, string>> = {
  operation_install: 'install',
  operation_expand: 'join',
  operation_update: 'upgrade',
  operation_shrink: 'removal of a node',
  operation_uninstall: 'uninstall',
  operation_gc: 'garbage collection',
  operation_update_environ: 'environment update',
  operation_update_config: 'configuration update',
  operation_reconfigure: 'reconfiguration',
};

/** What people call an operation of this type; a type never seen keeps gravity's word. */
export function operationName(type: string | null): string {
  if (type === null) return 'operation';
  return names[type] ?? type.replace(/^operation_/, '').replaceAll('_', ' ');
}
