import { ZERO_TIME } from '../plan-document.ts';

/** Whom the agent on a node logs in as (recordings/plans/fresh-install-1m1w.json). */
export function agentLogin(email: string, password: string): Record<string, string> {
  return {
    Email: email,
    Password: password,
    OpsCenterURL: 'https://gravity-site.kube-system.svc.cluster.local:3009',
    Expires: ZERO_TIME,
    AccountID: '',
    Created: ZERO_TIME,
  };
}
