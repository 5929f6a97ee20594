import { type webcrypto, X509Certificate } from 'node:crypto';
import type { Certificate, Certificates } from '../../ports.ts';

/** ECDSA on P-256: small, quick to make, and every TLS stack of the last decade takes it. */
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

const CLIENT_USE = '1.3.6.1.5.5.7.3.2';
const SERVER_USE = '1.3.6.1.5.5.7.3.1';
const USES = { server: [SERVER_USE], client: [CLIENT_USE], both: [SERVER_USE, CLIENT_USE] };

/** Certificates by @peculiar/x509 over the runtime's own WebCrypto; the library is read only when one is made. */
export function systemCertificates(): Certificates {
  return {
    validity: validityOf,
    authority: async ({ commonName, years }) => {
      const x509 = await library();
      const keys = await newKeys();
      const made = await x509.X509CertificateGenerator.createSelfSigned({
        serialNumber: serialNumber(),
        name: nameOf(commonName),
        ...validity(years),
        keys,
        signingAlgorithm: ALGORITHM,
        extensions: [
          new x509.BasicConstraintsExtension(true, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
          await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        ],
      });
      return { cert: made.toString('pem'), key: await pemKey(keys.privateKey) };
    },
    issue: async (authority, { commonName, addresses, names, years, use }) => {
      const x509 = await library();
      const keys = await newKeys();
      const parent = new x509.X509Certificate(authority.cert);
      const alternatives = [
        ...addresses.map((value) => ({ type: 'ip' as const, value })),
        ...names.map((value) => ({ type: 'dns' as const, value })),
      ];
      const made = await x509.X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: nameOf(commonName),
        issuer: parent.subject,
        ...validity(years),
        publicKey: keys.publicKey,
        signingKey: await signingKey(authority),
        signingAlgorithm: ALGORITHM,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension(USES[use]),
          ...(alternatives.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(alternatives)]),
        ],
      });
      return { cert: made.toString('pem'), key: await pemKey(keys.privateKey) };
    },
  };
}

/** Its dependency injection stands on Reflect.getMetadata and refuses to load without (27 kB, read with it alone). */
async function library(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** A comma or a plus in a name would start another part of it. */
function nameOf(commonName: string): string {
  return `CN=${commonName.replace(/[,+"\\<>;=]/g, '\\$&')}`;
}

function validityOf(cert: string): { from: number; to: number } | null {
  try {
    const { validFrom, validTo } = new X509Certificate(cert);
    return { from: Date.parse(validFrom), to: Date.parse(validTo) };
  } catch {
    return null;
  }
}

/** From an hour ago: a clock a little behind ours still takes it. */
function validity(years: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - 3_600_000), notAfter: new Date(now + years * 365 * 24 * 3_600_000) };
}

/** Sixteen random bytes, the first below 0x80 so that the number is positive. */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01;
  return Buffer.from(bytes).toString('hex');
}

async function pemKey(key: webcrypto.CryptoKey): Promise<string> {
  const text = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${text.replace(/.{1,64}/g, '$&\n')}-----END PRIVATE KEY-----\n`;
}

function signingKey({ key }: Certificate): Promise<webcrypto.CryptoKey> {
  const text = key.replace(/-----[^-]+-----|\s/g, '');
  return crypto.subtle.importKey('pkcs8', Buffer.from(text, 'base64'), ALGORITHM, false, ['sign']);
}
