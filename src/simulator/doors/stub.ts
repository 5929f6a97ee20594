/** How the little executable and the world talk: one JSON object per line. */
export type StubRequest = { argv: string[]; uid: number; terminal: boolean; host: string | null };
export type StubInput = { stdin: string } | { end: true };
export type StubFrame = { out: string } | { err: string } | { exit: number } | { signal: string };

/**
 * The text of an executable `gravity`: it hands its arguments to the world behind `socket`, repeats what comes back and
 * ends as it is told. Killed, it takes its connection with it, which is how the world learns of it. `node` is the
 * absolute path of the runtime it is run by; `host` the node it stands on, which is that of the doors when not given.
 */
export function stubText({ node, socket, host }: { node: string; socket: string; host?: string }): string {
  return `#!${node}
const here = globalThis['process'];
const { connect } = here.getBuiltinModule('node:net');
const { statSync } = here.getBuiltinModule('node:fs');
try {
  here.cwd();
} catch {
  here.stderr.write('panic: getwd: no such file or directory\\n\\ngoroutine 1 [running]:\\n');
  here.exit(2);
}
const world = connect(${JSON.stringify(socket)});
// Whoever started the cluster is its root.
const userOf = () => {
  try {
    return here.getuid() === statSync(${JSON.stringify(socket)}).uid ? 0 : here.getuid();
  } catch {
    return here.getuid();
  }
};
const tell = (line) => world.write(JSON.stringify(line) + '\\n');
let rest = '';
let ended = false;
const end = (leave) => {
  ended = true;
  here.stdin.destroy();
  world.destroy();
  leave();
};
const take = (frame) => {
  if (frame.out !== undefined) here.stdout.write(frame.out);
  else if (frame.err !== undefined) here.stderr.write(frame.err);
  else if (frame.exit !== undefined) end(() => (here.exitCode = frame.exit));
  else if (frame.signal !== undefined) end(() => here.kill(here.pid, frame.signal));
};
const lost = (why) => {
  if (ended) return;
  ended = true;
  here.stderr.write('\\u001b[31m[ERROR]: the simulated cluster is not running (' + why + ')\\n\\u001b[0m');
  here.stdin.destroy();
  here.exitCode = 255;
};
here.stdout.on('error', () => here.exit(141));
world.setEncoding('utf8');
world.on('connect', () => {
  tell({ argv: here.argv.slice(2), uid: userOf(), terminal: here.stdin.isTTY === true, host: ${JSON.stringify(host ?? null)} });
  here.stdin.on('data', (chunk) => tell({ stdin: chunk.toString() }));
  here.stdin.on('end', () => tell({ end: true }));
  here.stdin.on('error', () => tell({ end: true }));
});
world.on('data', (text) => {
  const lines = (rest + text).split('\\n');
  rest = lines.pop();
  for (const line of lines) take(JSON.parse(line));
});
world.on('error', (error) => lost(error.code));
world.on('close', () => lost('it closed the connection'));
`;
}
