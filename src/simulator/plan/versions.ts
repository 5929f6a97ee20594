import type { Locator } from '../plan-document.ts';

/** What a simulated update goes from and to (recordings/plans/fresh-3m2w.json). */
export const VERSIONS = {
  app: { name: 'shop', from: '2.4.0', to: '2.5.0' },
  apps: ['shop-db', 'shop'],
  runtime: [
    { name: 'rbac-app', to: '7.0.30' },
    { name: 'dns-app', to: '7.0.3' },
    { name: 'logging-app', to: '7.0.1' },
    { name: 'monitoring-app', to: '7.0.8' },
    { name: 'tiller-app', to: '7.0.2' },
    { name: 'site', to: '7.0.30' },
    { name: 'kubernetes', to: '7.0.30' },
  ],
  gravity: '7.0.30',
  planet: { from: '6.1.45-11710', to: '7.0.56-11709' },
  teleport: { from: '3.2.14', to: '3.2.17' },
  etcd: { from: '3.3.22', to: '3.4.9' },
} as const;

export function locator(name: string, version: string, repository = 'gravitational.io'): Locator {
  return { repository, name, version };
}
