import type { Fault } from '../fault.ts';
import type { GravityCommand } from './command-row.ts';
import type { GravityProcess } from './process.ts';

/** `gravity shell`: a bash in the master's container (commands.md). This one knows a handful of words. */
export const shellCommands: readonly GravityCommand[] = [{ words: ['shell'], run: shell }];

async function shell(gravity: GravityProcess): Promise<Fault | null> {
  const { cluster, node, out, readLine } = gravity;
  const host = cluster.nodes.get(node)?.server.hostname ?? node;
  for (;;) {
    out(`root@${host}:/# `);
    const line = await readLine();
    if (line === null || line.trim() === 'exit') {
      out('exit\n');
      return null;
    }
    out(answer(line.trim().split(/\s+/), host));
  }
}

function answer([word = '', ...others]: readonly string[], host: string): string {
  const words: Record<string, () => string> = {
    '': () => '',
    hostname: () => `${host}\n`,
    whoami: () => 'root\n',
    echo: () => `${others.join(' ')}\n`,
  };
  return words[word]?.() ?? `bash: ${word}: command not found in this simulated shell\n`;
}
