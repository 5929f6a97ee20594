import { hostname, networkInterfaces } from 'node:os';
import type { Interfaces } from '../../ports.ts';

/** This machine's addresses, loopback and link-local left out, asked anew each time: an interface may come up later. */
export function systemInterfaces(): Interfaces {
  return {
    hostname: () => hostname(),
    addresses: () =>
      Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
        .map(({ address }) => address),
  };
}
