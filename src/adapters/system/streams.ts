import type { StreamPeer, Streams } from '../../ports.ts';

/** Standard input, output and error. A reader that went away (`| head`) is no error. */
export function systemStreams(): Streams {
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    async flush() {
      await Promise.all([process.stdout, process.stderr].map(flushed));
    },
    onReaderGone(run) {
      const { stdout } = process;
      stdout.once('error', run);
      return () => void stdout.off('error', run);
    },
    outIsTty: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 80,
    inIsTty: process.stdin.isTTY === true,
    async stdin() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks);
    },
    joined,
  };
}

/** A pipe takes 64 KiB at once and the rest as it is read: an empty write is called back after all before it. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void stream.write('', () => resolve()));
}

function joined(): StreamPeer {
  const { stdin, stdout } = process;
  return {
    write: (bytes) => void (stdout.writable && stdout.write(bytes)),
    // An input that stays open would keep the process.
    end: () => void stdin.destroy(),
    onData: (take) => void stdin.on('data', take),
    onClose(run) {
      let closed = false;
      const close = () => {
        if (!closed) run();
        closed = true;
      };
      stdin.once('end', close).once('close', close);
      stdout.once('error', close);
    },
    pause: () => void stdin.pause(),
    resume: () => void stdin.resume(),
  };
}
