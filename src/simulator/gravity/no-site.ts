import { type Fault, fault } from '../fault.ts';
import type { GravityProcess } from './process.ts';

const NO_SITE =
  'Get "https://gravity-site.kube-system.svc.cluster.local:3009/portal/v1/localsite": ' +
  'failed to resolve gravity-site.kube-system.svc.cluster.local:3009\n' +
  '\tfailed to resolve gravity-site.kube-system.svc.cluster.local:3009';

/** What a command says that needs the cluster's API while it does not answer (recordings/cli/active-report). */
export function noSite({ cluster }: GravityProcess): Fault | null {
  return cluster.siteAnswers() ? null : fault(NO_SITE);
}
