/** What `--file` was given instead of a text: how it is called, and what to do about it. */
export type NotText = { what: string; next: string };

/**
 * Recognizes archives, compressed files and pictures by their first bytes. What a gravity report holds is named, since
 * that archive is what a support case comes with (lib/report: cluster-status, planet-status, timeline).
 */
export function notText(bytes: Uint8Array, name: string): NotText | null {
  const row = signatures.find(({ at, magic }) => startsWith(bytes.subarray(at), magic));
  if (row !== undefined) return row.said(name);
  return isTar(bytes, name) ? tar(name) : null;
}

const inReport =
  'of a gravity report unpack the NODE-status.tar.gz in it too, then read cluster-status (status, nodes), planet-status (nodes) or timeline (history)';

function tar(name: string): NotText {
  return { what: 'is a tar archive', next: `unpack it first: tar xf ${name}; ${inReport}` };
}

function gzip(name: string): NotText {
  return {
    what: 'is compressed',
    next: `unpack it first: tar xzf ${name} (gunzip if it is no archive); ${inReport}`,
  };
}

function packed(tool: string) {
  return (name: string) => ({ what: 'is compressed', next: `unpack it first: ${tool} ${name}; ${inReport}` });
}

function picture(): NotText {
  return {
    what: 'is a picture or a document, not a text',
    next: 'save the output itself, with --output=json where the command has it',
  };
}

type Signature = { at: number; magic: number[]; said: (name: string) => NotText };

const signatures: readonly Signature[] = [
  { at: 0, magic: [0x1f, 0x8b], said: gzip },
  { at: 0, magic: ascii('PK\x03\x04'), said: packed('unzip') },
  { at: 0, magic: ascii('BZh'), said: packed('tar xjf') },
  { at: 0, magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], said: packed('tar xJf') },
  { at: 0, magic: [0x28, 0xb5, 0x2f, 0xfd], said: packed('tar --zstd -xf') },
  { at: 0, magic: [0x89, ...ascii('PNG')], said: picture },
  { at: 0, magic: [0xff, 0xd8, 0xff], said: picture },
  { at: 0, magic: ascii('GIF8'), said: picture },
  { at: 0, magic: ascii('%PDF'), said: picture },
  { at: 0, magic: [0xd0, 0xcf, 0x11, 0xe0], said: picture },
];

/** `ustar` stands in the header of every tar since 1988; an older or cut one is a name padded with zeros. */
function isTar(bytes: Uint8Array, name: string): boolean {
  const header = String.fromCharCode(...bytes.subarray(250, 270));
  if (header.includes('ustar')) return true;
  return /\.tar$/.test(name) && bytes.subarray(0, 512).includes(0);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function ascii(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}
