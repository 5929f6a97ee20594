import type { Identity } from '../protocol/identity.ts';

/** `root@master-1` as far as it was claimed. */
export function whoIs(identity: Identity): string {
  return identity.from === null ? identity.user : `${identity.user}@${identity.from}`;
}
