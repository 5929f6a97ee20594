import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A real sshd on a loopback port, with a configuration and keys of its own, for the user who runs the tests. */
export type Sshd = {
  /** The words that log in, to which those of the remote command are added; more options of ssh go first. */
  ssh(...options: string[]): string[];
  stop(): void;
};

export async function startSshd(): Promise<Sshd> {
  const dir = mkdtempSync(join(tmpdir(), 'gravity-console-sshd-'));
  const port = await freePort();
  const { username } = userInfo();
  for (const key of ['host', 'user'])
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(dir, key)]);
  const hostKey = readFileSync(join(dir, 'host.pub'), 'utf8');
  writeFileSync(join(dir, 'known_hosts'), `[127.0.0.1]:${port} ${hostKey}`);
  writeFileSync(join(dir, 'config'), configuration(dir, port));
  // Where it gives up its privileges; Debian's service makes it at its start.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(dir, 'config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await listening(child.stderr);
  const options = [
    ...['-F', 'none', '-i', join(dir, 'user'), '-p', String(port)],
    ...['-o', `UserKnownHostsFile=${join(dir, 'known_hosts')}`, '-o', 'BatchMode=yes'],
  ];
  return {
    ssh: (...more) => ['/usr/bin/ssh', ...options, ...more, `${username}@127.0.0.1`],
    stop() {
      child.kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function configuration(dir: string, port: number): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(dir, 'host')}`,
    `AuthorizedKeysFile ${join(dir, 'user.pub')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'PrintMotd no',
    'PrintLastLog no',
    'SetEnv LANG=C.UTF-8',
    '',
  ].join('\n');
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function listening(stderr: NodeJS.ReadableStream): Promise<void> {
  return new Promise((done, fail) => {
    let said = '';
    stderr.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.includes('Server listening')) done();
    });
    stderr.on('end', () => fail(new Error(`sshd ended: ${said}`)));
  });
}
