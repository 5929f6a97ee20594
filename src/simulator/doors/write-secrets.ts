import type { Certificate, Certificates, Files } from '../../ports.ts';

/**
 * Makes the certificates of the health endpoint as gravity keeps them: an authority, the client's pair, and the server's
 * own with the names it has on a master, `localhost` not among them (satellite.md 1).
 */
export async function writeSecrets(
  dir: string,
  { host, address }: { host: string; address: string },
  { files, certificates }: { files: Files; certificates: Certificates },
): Promise<{ ca: string; served: Certificate }> {
  const authority = await certificates.authority({ commonName: 'gravity', years: 20 });
  const client = {
    commonName: 'planet-rpc-client',
    addresses: [],
    names: [],
    years: 10,
    use: 'client' as const,
  };
  const addresses = [...new Set(['127.0.0.1', '127.0.0.2', address])];
  const [rpc, served] = await Promise.all([
    certificates.issue(authority, client),
    certificates.issue(authority, { commonName: 'etcd', addresses, names: [host], years: 10, use: 'server' }),
  ]);
  await files.makeDirectory(dir, { mode: 0o700 });
  await files.write(`${dir}/root.cert`, authority.cert, { mode: 0o600 });
  await files.write(`${dir}/planet-rpc-client.cert`, rpc.cert, { mode: 0o600 });
  await files.write(`${dir}/planet-rpc-client.key`, rpc.key, { mode: 0o600 });
  return { ca: authority.cert, served };
}
