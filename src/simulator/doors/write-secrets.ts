import type { Certificate, Certificates, Files } from '../../ports.ts';

/** The node whose door it is: its names and addresses are in the certificate it shows. */
export type Holder = { cluster: string; hostname: string; address: string; role: 'master' | 'node' };

/**
 * Makes the certificates of a node as gravity keeps them: an authority named for the cluster, the client's pair, and the
 * one the endpoint shows, with `localhost` not among its names and a second loopback address on masters alone
 * (satellite.md 1; recordings/satellite/tls-and-routes.txt).
 */
export async function writeSecrets(
  dir: string,
  { cluster, hostname, address, role }: Holder,
  { files, certificates }: { files: Files; certificates: Certificates },
): Promise<{ ca: string; served: Certificate }> {
  const authority = await certificates.authority({ commonName: cluster, years: 20 });
  const loopback = role === 'master' ? ['127.0.0.1', '127.0.0.2'] : ['127.0.0.1'];
  const [rpc, served] = await Promise.all([
    certificates.issue(authority, {
      commonName: 'planet-rpc-client',
      addresses: [],
      names: [],
      years: 10,
      use: 'client',
    }),
    certificates.issue(authority, {
      commonName: 'etcd',
      addresses: [...new Set([...loopback, address])],
      names: [hostname],
      years: 10,
      use: 'both',
    }),
  ]);
  await files.makeDirectory(dir, { mode: 0o700 });
  const secrets = {
    'root.cert': authority.cert,
    'planet-rpc-client.cert': rpc.cert,
    'planet-rpc-client.key': rpc.key,
    'etcd.cert': served.cert,
    'etcd.key': served.key,
  };
  await Promise.all(
    Object.entries(secrets).map(([name, text]) => files.write(`${dir}/${name}`, text, { mode: 0o600 })),
  );
  return { ca: authority.cert, served };
}
