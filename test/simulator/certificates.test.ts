import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemCertificates } from '../../src/adapters/system/certificates.ts';

test('a certificate carries its names and addresses and is signed by its authority', async () => {
  const certificates = systemCertificates();
  const authority = await certificates.authority({ commonName: 'gravity, "the" authority', years: 20 });
  const issued = await certificates.issue(authority, {
    commonName: 'etcd',
    addresses: ['127.0.0.1', '192.168.1.11'],
    names: ['master-1'],
    years: 10,
    use: 'server',
  });
  const parent = new X509Certificate(authority.cert);
  const child = new X509Certificate(issued.cert);
  expect(parent.ca).toBe(true);
  expect(child.ca).toBe(false);
  expect(child.subject).toBe('CN=etcd');
  expect(child.subjectAltName).toBe('IP Address:127.0.0.1, IP Address:192.168.1.11, DNS:master-1');
  expect(child.verify(parent.publicKey)).toBe(true);
  expect(child.checkIssued(parent)).toBe(true);
});
