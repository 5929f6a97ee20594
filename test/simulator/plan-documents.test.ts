import { describe, expect, test } from 'vitest';
import { goJson } from '../../src/simulator/go-json.ts';
import { buildGc } from '../../src/simulator/plan/build-gc.ts';
import { buildInstall } from '../../src/simulator/plan/build-install.ts';
import { buildRolling } from '../../src/simulator/plan/build-rolling.ts';
import { buildUpdate } from '../../src/simulator/plan/build-update.ts';
import { IMAGES, type Image } from '../../src/simulator/plan/image.ts';
import type { PlanRequest } from '../../src/simulator/plan/plan-request.ts';
import { ROLLING } from '../../src/simulator/plan/rolling-kinds.ts';
import { clusterServers, installedAt } from '../../src/simulator/plan/servers.ts';
import { type PlanDocument, readPlanDocument, ZERO_TIME } from '../../src/simulator/plan-document.ts';
import { recordings, recordingText } from '../recordings.ts';

/** The flight was flown with a gravity of its own, whose number its system applications carry. */
const FLIGHT: Image = {
  ...IMAGES.direct,
  target: {
    ...IMAGES.direct.target,
    gravity: '7.0.41-dev.6',
    apps: IMAGES.direct.target.apps.map(({ name, version }) => ({
      name,
      version: version === IMAGES.direct.target.gravity ? '7.0.41-dev.6' : version,
    })),
  },
};

const update = (masters: number, workers: number, image: Image = IMAGES.direct, at?: string): PlanDocument =>
  buildUpdate(request({ masters, workers, image, at }));

const documents: Record<string, () => PlanDocument> = {
  'plans/fresh-1m.json': () => update(1, 0),
  'plans/fresh-3m.json': () => update(3, 0),
  'plans/fresh-3m2w.json': () => update(3, 2),
  'plans/fresh-3m60w.json': () => update(3, 60),
  'plans/fresh-environ-1m.json': () => buildRolling(request({ masters: 1 }), ROLLING.environment),
  'plans/fresh-environ-3m2w.json': () =>
    buildRolling(request({ masters: 3, workers: 2 }), ROLLING.environment),
  'plans/fresh-gc-3m2w.json': () => buildGc(request({ masters: 3, workers: 2 })),
  'plans/fresh-install-1m1w.json': recordedInstall,
  'engine/01-requires.plan.json': () => update(3, 0),
  'engine/02-failures.plan.json': () => update(3, 0),
  'engine/03-agents.plan.json': () => update(3, 2),
  'engine/04-rollback.plan.json': () => update(3, 1),
  'engine/05-full.plan.json': () => update(3, 2),
  'engine/random/plan-1m.json': () => update(1, 0),
  'engine/random/plan-3m.json': () => update(3, 0),
  'engine/random/plan-3m2w.json': () => update(3, 2),
  'engine/random/plan-app-only-3m.json': () => update(3, 0, IMAGES.appOnly),
  'engine/random/plan-environ-3m2w.json': () =>
    buildRolling(request({ masters: 3, workers: 2 }), ROLLING.environment),
  'engine/random/plan-gc-3m2w.json': () => buildGc(request({ masters: 3, workers: 2 })),
  'flights/drain-fails/plan.json': () => update(3, 2, FLIGHT, '2026-11-22T11:01:36Z'),
};

/**
 * Recorded plans of a cluster that has got further: what happened is in them too. Those of several real nodes were
 * prepared before the recording began (recordings/nodes/README.md).
 */
const MOVED_ON = /^plans\/(?!fresh-)|^nodes\/|^flights\/remote-/;

describe('a plan is made as gravity makes it, to the byte and in its order of keys', () => {
  test.each(Object.entries(documents))('%s', (path, build) => {
    const recorded = recordingText(path);
    // Those of the random scripts are kept on one line.
    const text = recorded.startsWith('{"') ? goJson(JSON.parse(recorded), 2) : recorded;
    expect(goJson(build(), 2)).toBe(text.trimEnd());
  });
});

test('every recorded plan nobody has touched is built', () => {
  const fresh = recordings('')
    .filter((path) => /(^|\/)(fresh-[^/]*|plan-[^/]*|plan|[^/]*\.plan)\.json$/.test(path))
    .filter((path) => !MOVED_ON.test(path) && 'plan' in readPlanDocument(recordingText(path)));
  expect(fresh).toEqual(Object.keys(documents).sort());
});

type Wanted = { masters: number; workers?: number; image?: Image; at?: string | undefined };

function request({
  masters,
  workers = 0,
  image = IMAGES.direct,
  at = '2020-11-20T14:30:00Z',
}: Wanted): PlanRequest {
  const createdMs = Date.parse(at);
  return {
    operationId: '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d',
    cluster: 'demo.example.com',
    createdMs,
    servers: clusterServers({ masters, workers }, installedAt(createdMs)),
    image,
  };
}

/** The recording is one of gravity's own: two servers nobody knows much about, and an image that installs nothing real. */
function recordedInstall(): PlanDocument {
  const read = readPlanDocument(recordingText('plans/fresh-install-1m1w.json'));
  if ('refused' in read) throw new Error(read.refused);
  const { servers } = read.plan;
  const nothing = '0.0.1';
  const parts = ['rbac-app', 'dns-app', 'logging-app', 'monitoring-app', 'site', 'dummy'];
  const release = {
    gravity: nothing,
    planet: nothing,
    teleport: '0.0.4',
    etcd: nothing,
    apps: [
      { name: 'rbac-app', version: nothing },
      { name: 'kubernetes', version: nothing },
    ],
  };
  const image: Image = {
    ...IMAGES.installed,
    app: { name: 'dummy', from: nothing, to: nothing },
    parts: parts.map((name) => ({ name, version: nothing })),
    installed: release,
    target: release,
  };
  const { agents, ...options } = givenToInstall(read.plan);
  return buildInstall(
    {
      operationId: 'e4ade63c-e8c6-46fd-a6b4-63f32ff2e8fc',
      cluster: 'example.com',
      createdMs: Date.parse(ZERO_TIME),
      servers,
      image,
    },
    {
      ...options,
      agents,
      serviceUser: { name: 'user', uid: '999', gid: '999' },
      env: { HTTP_PROXY: 'http://example.com:8081' },
      overlay: { repository: 'gravitational.io', name: 'dummy', version: nothing },
      dns: { addrs: ['127.0.0.3'], port: 10053 },
    },
  );
}

/** Passwords and resources, which nobody can make up a second time. */
function givenToInstall({ phases }: PlanDocument) {
  const data = (id: string): Record<string, unknown> =>
    phases.flatMap((phase) => [phase, ...(phase.phases ?? [])]).find((phase) => phase.id === id)?.data ?? {};
  const field = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const resources = field(data('/gravity-resources')['install'], 'gravity_resources');
  return {
    agents: {
      master: String(field(data('/bootstrap/node-1')['agent'], 'Password')),
      node: String(field(data('/bootstrap/node-2')['agent'], 'Password')),
    },
    resources: String(field(data('/user-resources')['install'], 'resources')),
    gravityResources: Array.isArray(resources) ? resources : [],
    trustedCluster: String(data('/connect-installer')['trusted_cluster_resource']),
  };
}
