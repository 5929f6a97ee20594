/** One runtime: what all nodes run below the application, and the system applications it brings. */
export type Release = {
  gravity: string;
  planet: string;
  teleport: string;
  etcd: string;
  /** In the order they are updated: rbac-app first, the runtime itself last. */
  apps: readonly Versioned[];
};

export type Versioned = { name: string; version: string };

/** A cluster image against what is installed: the application, and the runtimes on the way to the one it brings. */
export type Image = {
  app: { name: string; from: string; to: string };
  /** Applications the image updates, dependencies first and itself last. */
  parts: readonly Versioned[];
  installed: Release;
  /** Runtimes in between, oldest first (`tele build --upgrade-via`). */
  via: readonly Release[];
  target: Release;
  /** OpenEBS is enabled by this image and was not before. */
  openebs: boolean;
  /** The cluster has links to a hub, or roles, in the form of an older release. */
  migrates: { links: boolean; roles: boolean };
};

/** Recorded: gravity 6.1.48 under shop 2.4.0 (recordings/engine/random/plan-app-only-3m.json, plans/fresh-environ-3m2w). */
const RELEASE_61: Release = {
  gravity: '6.1.48',
  planet: '6.1.45-11710',
  teleport: '3.2.14',
  etcd: '3.3.22',
  apps: systemApps('6.1.48', { dns: '0.4.2', logging: '6.0.8', monitoring: '6.0.14', tiller: '6.1.1' }),
};

/** Recorded: plans/fresh-3m2w.json. */
const RELEASE_70: Release = {
  gravity: '7.0.30',
  planet: '7.0.56-11709',
  teleport: '3.2.17',
  etcd: '3.4.9',
  apps: systemApps('7.0.30', { dns: '7.0.3', logging: '7.0.1', monitoring: '7.0.8', tiller: '7.0.2' }),
};

/** The start and the way of a multi-hop update as trees.json has them. */
const RELEASE_55: Release = {
  gravity: '5.5.60',
  planet: '5.5.62-11505',
  teleport: '3.0.7',
  etcd: '3.3.20',
  apps: systemApps('5.5.60', { dns: '0.3.0', logging: '5.0.3', monitoring: '5.5.2', tiller: '5.5.2' }),
};
const RELEASE_61_VIA: Release = {
  gravity: '6.1.49',
  planet: '6.1.46-11710',
  teleport: '3.2.14',
  etcd: '3.4.3',
  apps: systemApps('6.1.49', { dns: '0.4.2', logging: '6.0.8', monitoring: '6.0.14', tiller: '6.1.1' }),
};

const SHOP = {
  app: { name: 'shop', from: '2.4.0', to: '2.5.0' },
  parts: [
    { name: 'shop-db', version: '2.5.0' },
    { name: 'shop', version: '2.5.0' },
  ],
  via: [],
  openebs: false,
  migrates: { links: false, roles: false },
};

/** Images a simulated cluster is updated with, or runs on, by the way they are reached. */
export const IMAGES = {
  direct: { ...SHOP, installed: RELEASE_61, target: RELEASE_70 },
  multiHop: { ...SHOP, installed: RELEASE_55, via: [RELEASE_61_VIA], target: RELEASE_70 },
  appOnly: { ...SHOP, installed: RELEASE_61, target: RELEASE_61 },
  sameEtcd: { ...SHOP, installed: { ...RELEASE_61, etcd: RELEASE_70.etcd }, target: RELEASE_70 },
  openebs: {
    ...SHOP,
    installed: RELEASE_61,
    target: withApp(RELEASE_70, { name: 'storage-app', version: '0.0.3' }),
    openebs: true,
    migrates: { links: true, roles: true },
  },
  /** What is there when nothing is updated but the cluster itself: installed as it is. */
  installed: {
    ...SHOP,
    parts: SHOP.parts.map(({ name }) => ({ name, version: SHOP.app.from })),
    installed: RELEASE_70,
    target: RELEASE_70,
  },
} as const satisfies Record<string, Image>;

function systemApps(
  runtime: string,
  { dns, logging, monitoring, tiller }: Record<'dns' | 'logging' | 'monitoring' | 'tiller', string>,
): Versioned[] {
  return [
    { name: 'rbac-app', version: runtime },
    { name: 'dns-app', version: dns },
    { name: 'logging-app', version: logging },
    { name: 'monitoring-app', version: monitoring },
    { name: 'tiller-app', version: tiller },
    { name: 'site', version: runtime },
    { name: 'kubernetes', version: runtime },
  ];
}

/** Behind the other applications, before the site and the runtime. */
function withApp(release: Release, app: Versioned): Release {
  return { ...release, apps: [...release.apps.slice(0, -2), app, ...release.apps.slice(-2)] };
}
