/** The words gravity's texts use for an operation's type, and the type its JSON has (data.md 4.8, 5.2). */
export const operationTypes: Readonly<Record<string, string>> = {
  install: 'operation_install',
  expand: 'operation_expand',
  shrink: 'operation_shrink',
  update: 'operation_update',
  'update runtime environment': 'operation_update_environ',
  'update configuration': 'operation_update_config',
  'garbage collect': 'operation_gc',
  reconfigure: 'operation_reconfigure',
  uninstall: 'operation_uninstall',
};
