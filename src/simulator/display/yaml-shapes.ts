/**
 * The shapes of a plan in gravity's YAML (recordings/plans/failed-3m2w.yaml): for each JSON key the YAML one, in order,
 * and what stands there when the JSON has nothing: `absent`, or a value of Go's own.
 */
export type Field = {
  json: string;
  yaml: string;
  shape?: ShapeName;
  many?: true;
  time?: true;
  /** Base64 in the JSON, a list of numbers in the YAML. */
  bytes?: true;
  absent: null | '' | 0 | false | 'omitted' | 'empty list' | 'empty map';
};

export type ShapeName =
  | 'server'
  | 'os'
  | 'state'
  | 'device'
  | 'docker'
  | 'user'
  | 'data'
  | 'locator'
  | 'election'
  | 'update'
  | 'nodeUpdate'
  | 'runtime'
  | 'runtimeUpdate'
  | 'teleport'
  | 'teleportUpdate'
  | 'etcd'
  | 'clusterConfig'
  | 'agent'
  | 'install'
  | 'pull'
  | 'phase'
  | 'dns'
  | 'plan';

const text = (json: string, yaml = json.replaceAll('_', '')): Field => ({ json, yaml, absent: '' });
const part = (json: string, shape: ShapeName, yaml = json.replaceAll('_', '')): Field => ({
  json,
  yaml,
  shape,
  absent: null,
});
const optional = (field: Field): Field => ({ ...field, absent: 'omitted' });
const many = (field: Field): Field => ({ ...field, many: true, absent: 'empty list' });
const time = (json: string, yaml = json.replaceAll('_', '')): Field => ({ ...text(json, yaml), time: true });
const bytes = (json: string, yaml = json): Field => ({
  ...text(json, yaml),
  bytes: true,
  absent: 'empty list',
});

export const YAML_SHAPES: Readonly<Record<ShapeName, readonly Field[]>> = {
  plan: [
    text('operation_id'),
    text('operation_type'),
    text('account_id'),
    text('cluster_name'),
    many(part('phases', 'phase')),
    many(part('servers', 'server')),
    part('lead_master', 'server', 'offlinecoordinator'),
    part('gravity_package', 'locator'),
    time('created_at'),
    part('dns_config', 'dns'),
  ],
  phase: [
    text('id'),
    text('executor'),
    optional(text('description')),
    optional(text('state')),
    { ...text('step'), absent: 0 },
    optional(many(part('phases', 'phase'))),
    optional(many(text('requires'))),
    { ...text('parallel'), absent: false },
    optional(time('updated')),
    optional(part('data', 'data')),
  ],
  data: [
    optional(part('server', 'server')),
    optional(part('exec_server', 'server', 'exec_server')),
    optional(part('master', 'server')),
    optional(part('package', 'locator')),
    optional(part('installed_package', 'locator', 'installed_package')),
    optional(part('runtime_package', 'locator', 'runtime_package')),
    optional(text('labels')),
    optional(part('election_status', 'election', 'election_status')),
    optional(part('agent', 'agent')),
    optional(bytes('license')),
    optional(bytes('trusted_cluster_resource')),
    optional(bytes('storage_resource')),
    optional(part('service_user', 'user', 'service_user')),
    optional(text('data')),
    optional(text('garbage_collect', 'garbage_collect')),
    optional(part('update', 'update')),
    optional(part('install', 'install')),
    optional(part('pull', 'pull')),
  ],
  agent: [
    text('Email', 'email'),
    text('Password', 'password'),
    text('OpsCenterURL', 'opscenterurl'),
    time('Expires', 'expires'),
    text('AccountID', 'accountid'),
    time('Created', 'created'),
  ],
  install: [
    { ...text('env'), absent: 'empty map' },
    bytes('config'),
    bytes('resources'),
    many(text('gravity_resources')),
  ],
  pull: [optional(many(part('packages', 'locator'))), optional(many(part('apps', 'locator')))],
  election: [
    { ...part('enable_server', 'server', 'enable_server'), many: true, absent: 'omitted' },
    { ...part('disable_servers', 'server', 'disable_servers'), many: true, absent: 'omitted' },
  ],
  update: [
    many(part('updates', 'nodeUpdate', 'servers')),
    text('changeset_id'),
    text('version', 'runtimeappversion'),
    part('gravity_package', 'locator'),
    part('etcd_upgrade', 'etcd', 'etcd'),
    part('cluster_config', 'clusterConfig'),
  ],
  clusterConfig: [text('service_suffix'), text('service_cidr'), many(text('services'))],
  nodeUpdate: [part('server', 'server'), part('runtime', 'runtime'), part('teleport', 'teleport')],
  runtime: [
    part('installed', 'locator'),
    part('secrets_package', 'locator'),
    part('update', 'runtimeUpdate'),
  ],
  runtimeUpdate: [part('package', 'locator'), part('config_package', 'locator')],
  teleport: [part('installed', 'locator'), part('update', 'teleportUpdate')],
  teleportUpdate: [part('package', 'locator'), part('node_config_package', 'locator')],
  etcd: [text('from'), text('to')],
  locator: [text('repository'), text('name'), text('version')],
  server: [
    text('advertise_ip'),
    text('hostname'),
    text('nodename'),
    text('role'),
    text('instance_type'),
    text('instance_id'),
    text('cluster_role'),
    text('provisioner'),
    part('os', 'os', 'osinfo'),
    many(text('mounts')),
    part('system_state', 'state'),
    part('docker', 'docker'),
    part('user', 'user'),
    time('created'),
    { ...text('selinux'), absent: false },
  ],
  os: [text('name', 'id'), many(text('like')), text('version')],
  state: [part('device', 'device'), text('state_dir')],
  device: [text('name'), text('type'), { ...text('size_mb'), absent: 0 }],
  docker: [part('device', 'device'), text('system_directory', 'lvmsystemdirectory')],
  user: [text('name'), text('uid'), text('gid')],
  dns: [many(text('addrs')), { ...text('port'), absent: 0 }],
};
