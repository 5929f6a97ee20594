import type { Streams } from '../../ports.ts';

/** Standard input, output and error. A reader that went away (`| head`) is no error. */
export function systemStreams(): Streams {
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    outIsTty: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 80,
    inIsTty: process.stdin.isTTY === true,
    async stdin() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks);
    },
    join(peer) {
      peer.onData((chunk) => void process.stdout.write(chunk));
      process.stdin.on('data', (chunk) => peer.write(chunk));
      process.stdin.once('end', () => peer.end());
      return new Promise((resolve) =>
        peer.onClose(() => {
          // An input that stays open would keep the process.
          process.stdin.destroy();
          resolve();
        }),
      );
    },
  };
}
