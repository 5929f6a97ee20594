/** One answer of the health endpoint, of whichever endpoint: `role` is the role of the node it stands on. */
export type Answered = {
  path: '/' | '/local' | '/history';
  role: 'master' | 'node';
  status: number;
  headers: Record<string, string>;
  text: string;
};

/** A rule every answer keeps; says what is wrong, or null. */
export type Shape = { rule: string; wrong(answered: Answered): string | null };

type Json = Record<string, unknown>;

const MEMBERS = ['alive', 'leaving', 'failed'];
const NODE_NAME = /^\d+(_\d+){3}\.[\w.-]+$/;
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z$/;
const SUMMARY = /^(master node unavailable|no status received from nodes \((.+,)+\))$/;

/** What planet registers (satellite.md 7), by role; the rest on both. */
const MASTER_ONLY = [
  'kube-apiserver',
  'docker-registry',
  'ping-checker',
  'time-drift',
  'system-pods-checker',
];
const WORKER_ONLY = ['kubelet'];
const VERSIONS =
  'system systemd docker etcd kubelet coredns dbus serf flanneld registry node-problem-detector'
    .split(' ')
    .map((name) => `${name}-version`);
const ON_ALL = [
  ...'etcd-healthz docker systemd ip-forward br-netfilter may-detach-mounts inotify node-status dns'.split(
    ' ',
  ),
  ...'io-check(/var/lib/gravity) disk-space path-uid path-gid nethealth-checker kernel-check aws'.split(' '),
  ...VERSIONS,
];

const DATA_KEYS: Readonly<Record<string, string>> = {
  'disk-space': 'low_watermark,high_watermark,path,total_bytes,available_bytes',
  'path-uid': 'expected_uid,actual_uid,Path',
  'path-gid': 'expected_gid,actual_gid,Path',
  sysctl: 'parameter_name,parameter_value',
};

const EVENTS: Readonly<Record<string, readonly string[]>> = {
  NodeHealthy: ['node'],
  NodeDegraded: ['node'],
  ProbeFailed: ['node,probe'],
  ProbeSucceeded: ['node,probe'],
  LeaderElected: ['new', 'prev,new'],
};

/** satellite.md 2, 3 and 6 as rules, each proved on recordings/satellite and on the simulated endpoint alike. */
export const SHAPES: readonly Shape[] = [
  onAny('answers 200 or 503', ({ status }) => unless(status === 200 || status === 503, status)),
  onAny('says it is JSON and when', ({ headers }) =>
    unless(headers['content-type'] === 'application/json' && Date.parse(headers['date'] ?? '') > 0, headers),
  ),
  onAny('tells the length of short bodies and sends long ones in chunks', ({ headers, text }) => {
    const bytes = Buffer.byteLength(text);
    const fits =
      bytes <= 2048
        ? headers['content-length'] === String(bytes)
        : headers['transfer-encoding'] === 'chunked' && headers['content-length'] === undefined;
    return unless(fits, { bytes, ...headers });
  }),
  onAny('is one line of JSON as Go writes it', ({ text }) =>
    unless(text === goJson(JSON.parse(text)), text.slice(0, 80)),
  ),
  onBody('/', 'keeps the order of keys and leaves out what is unknown', (body) =>
    keys(body, ['status', 'nodes', 'timestamp', 'summary']),
  ),
  onBody('/', 'is 200 when it runs and 503 in every other case', (body, { status }) =>
    unless((body['status'] === 'running') === (status === 200), { status, said: body['status'] }),
  ),
  onBody('/', 'follows from its nodes: the first that does not run decides', (body) =>
    unless(Object.keys(body).length === 0 || body['status'] === overall(nodesOf(body)), body['status']),
  ),
  onBody('/', 'has a summary of the two known ones alone, and then is degraded', ({ summary, status }) =>
    unless(summary === undefined || (SUMMARY.test(String(summary)) && status === 'degraded'), summary),
  ),
  onBody('/', 'is stamped with up to nine decimals, and nodes come with the stamp', ({ timestamp, nodes }) =>
    unless((timestamp === undefined) === (nodes === undefined) && stamped(timestamp), timestamp),
  ),
  onBody('/', 'is at most a minute older than the clock of the agent', ({ timestamp }, { headers }) => {
    const ageMs = Date.parse(headers['date'] ?? '') - Date.parse(String(timestamp ?? headers['date']));
    return unless(ageMs > -1000 && ageMs <= 60_000, ageMs);
  }),
  onBody('/local', 'is 200 when the node runs and 503 in every other case', (body, { status }) =>
    unless((body['status'] === 'running') === (status === 200), { status, said: body['status'] }),
  ),
  onNodes('has its keys in order', (node) => keys(node, ['name', 'member_status', 'status', 'probes'])),
  onNodes('is named as serf names it', ({ name, member_status: member }) =>
    unless(NODE_NAME.test(String(name)) && json(member)['name'] === name, name),
  ),
  onNodes('tells of its membership in order, or knows only its name', ({ member_status }) =>
    Object.keys(json(member_status)).length === 1
      ? null
      : unless(Object.keys(json(member_status)).join() === 'name,addr,status,tags', member_status),
  ),
  onNodes('is reached where it is tagged, by the port of serf', ({ name, member_status }) => {
    const { addr, tags, status } = json(member_status);
    if (addr === undefined) return null;
    const { publicip, role } = json(tags);
    const fits =
      addr === `${String(publicip)}:7496` &&
      String(name).startsWith(`${String(publicip).replaceAll('.', '_')}.`) &&
      Object.keys(json(tags)).join() === 'publicip,role' &&
      ['master', 'node'].includes(String(role)) &&
      MEMBERS.includes(String(status));
    return unless(fits, member_status);
  }),
  onNodes('has a status with probes, or neither', ({ status, probes }) =>
    unless((status === undefined) === (probes === undefined), status),
  ),
  onNodes('has failed as a member only where it gave no answer', ({ status, member_status }) =>
    unless(json(member_status)['status'] !== 'failed' || status === undefined, member_status),
  ),
  onNodes('is degraded by a failed probe that is no mere warning', (node) => {
    if (node['status'] === undefined) return null;
    const sick = probesOf(node).some(({ status, severity }) => status === 'failed' && severity !== 'warning');
    return unless(node['status'] === (sick ? 'degraded' : 'running'), node['status']);
  }),
  onNodes('reports the checkers of its role', (node) => {
    const role = json(json(node['member_status'])['tags'])['role'];
    const known = new Set([...ON_ALL, ...(role === 'master' ? MASTER_ONLY : WORKER_ONLY)]);
    const strange = probesOf(node).filter(({ checker }) => !known.has(String(checker)));
    return unless(strange.length === 0, strange);
  }),
  onNodes('reports each version in its order, running', (node) => {
    const versions = probesOf(node).filter(({ checker }) => String(checker).endsWith('-version'));
    if (node['probes'] === undefined) return null;
    const running = versions.every(({ status }) => status === 'running');
    return unless(running && versions.map(({ checker }) => checker).join() === VERSIONS.join(), versions);
  }),
  onNodes('reports owner, group and disk of the state directory together', (node) => {
    const names = probesOf(node).map(({ checker }) => String(checker));
    const at = names.indexOf('path-uid');
    const together = names.slice(at, at + 3).join() === 'path-uid,path-gid,disk-space';
    return unless(node['probes'] === undefined || together, names);
  }),
  onProbes('has its keys in order', (probe) =>
    keys(probe, ['checker', 'detail', 'code', 'status', 'error', 'checker_data', 'severity']),
  ),
  onProbes('runs or failed, and never has an empty text', ({ status, detail, error }) =>
    unless(['running', 'failed'].includes(String(status)) && detail !== '' && error !== '', status),
  ),
  onProbes('says how severe it is only when it failed', ({ status, severity }) =>
    unless(
      severity === undefined || (status === 'failed' && ['critical', 'warning'].includes(String(severity))),
      severity,
    ),
  ),
  onProbes('carries the data of its checker in base64', ({ checker, checker_data: data }) => {
    const expected = DATA_KEYS[String(checker)];
    if (data === undefined) return unless(expected === undefined, `${String(checker)} without data`);
    const found = Object.keys(json(JSON.parse(Buffer.from(String(data), 'base64').toString('utf8')))).join();
    return unless(found === expected, found);
  }),
  onBody('/history', 'is refused with 503 and an error except on masters', (body, { role, status }) =>
    role === 'master'
      ? unless(status === 200 && body['error'] === undefined, body)
      : unless(status === 503 && body['error'] === 'rpc error: code = Unknown desc = unknown error', body),
  ),
  onEvents('has a stamp and one kind, with what belongs to it', (event) => {
    const [[kind, data] = ['', {}]] = Object.entries(json(event['Data']));
    const fits =
      Object.keys(event).join() === 'timestamp,Data' &&
      stamped(event['timestamp']) &&
      (EVENTS[kind] ?? []).includes(Object.keys(json(data)).join());
    return unless(fits, event);
  }),
  onBody('/history', 'is in the order of its stamps', (body) => {
    const stamps = eventsOf(body).map(({ timestamp }) => nanos(String(timestamp)));
    return unless(
      stamps.every((stamp, index) => index === 0 || stamp >= (stamps[index - 1] ?? stamp)),
      stamps.slice(0, 9),
    );
  }),
];

/** The rules an answer breaks, and with what. */
export function brokenRules(answered: Answered): { rule: string; wrong: string }[] {
  return SHAPES.flatMap(({ rule, wrong }) => {
    const found = wrong(answered);
    return found === null ? [] : [{ rule, wrong: found }];
  });
}

function onAny(rule: string, wrong: Shape['wrong']): Shape {
  return { rule: `an answer ${rule}`, wrong };
}

function onBody(
  path: Answered['path'],
  rule: string,
  wrong: (body: Json, answered: Answered) => string | null,
): Shape {
  return {
    rule: `${path} ${rule}`,
    wrong: (answered) => (answered.path === path ? wrong(json(JSON.parse(answered.text)), answered) : null),
  };
}

function onNodes(rule: string, wrong: (node: Json) => string | null): Shape {
  const of = ({ path, text }: Answered): Json[] => {
    const body = json(JSON.parse(text));
    if (path === '/history') return [];
    return path === '/' ? nodesOf(body) : [body];
  };
  return { rule: `a node ${rule}`, wrong: (answered) => first(of(answered), wrong) };
}

function onProbes(rule: string, wrong: (probe: Json) => string | null): Shape {
  const node = onNodes('', (one) => first(probesOf(one), wrong));
  return { rule: `a probe ${rule}`, wrong: node.wrong };
}

function onEvents(rule: string, wrong: (event: Json) => string | null): Shape {
  return onBody('/history', `has events each of which ${rule}`, (body) => first(eventsOf(body), wrong));
}

function first(things: Json[], wrong: (thing: Json) => string | null): string | null {
  for (const thing of things) {
    const found = wrong(thing);
    if (found !== null) return found;
  }
  return null;
}

function unless(right: boolean, seen: unknown): string | null {
  return right ? null : (JSON.stringify(seen) ?? 'undefined').slice(0, 300);
}

/** Only these, in this order. */
function keys(thing: Json, known: readonly string[]): string | null {
  const found = Object.keys(thing);
  return unless(found.join() === known.filter((key) => found.includes(key)).join(), found);
}

function json(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(json) : [];
}

const nodesOf = (body: Json): Json[] => list(body['nodes']);
const probesOf = (node: Json): Json[] => list(node['probes']);
const eventsOf = (body: Json): Json[] => list(body['events']);

function overall(nodes: Json[]): unknown {
  const members = nodes.map(({ member_status }) => json(member_status));
  const master = members.some(({ tags }) => tags === undefined || json(tags)['role'] === 'master');
  if (!master || members.some(({ status }) => status === 'failed')) return 'degraded';
  const firstSick = nodes.find(({ status }) => status !== 'running');
  return firstSick === undefined ? 'running' : firstSick['status'];
}

function stamped(stamp: unknown): boolean {
  return stamp === undefined || STAMP.test(String(stamp));
}

/** Nanoseconds since 1970. */
function nanos(stamp: string): bigint {
  const fraction = (/\.(\d+)Z$/.exec(stamp)?.[1] ?? '').padEnd(9, '0');
  return BigInt(Date.parse(`${stamp.slice(0, 19)}Z`)) * 1_000_000n + BigInt(fraction);
}

function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
