import { cleanLine } from '../protocol/clean.ts';
import type { Identity } from '../protocol/identity.ts';
import type { Context } from './context.ts';

/**
 * Who runs this command, as far as the environment claims it: sudo's user first, then Teleport's (SSH_TELEPORT_USER,
 * which its node agent sets), then the login name. Nothing here is proof, and it is recorded as claimed. A one-shot
 * command has no console: a wheel it takes for its run is given back when that ends.
 */
export function claimedIdentity(context: Context): Identity {
  const told = (name: string): string | null => cleanLine(context.env.get(name) ?? '').slice(0, 200) || null;
  const teleport = told('SSH_TELEPORT_USER') ?? told('TELEPORT_USER');
  const login = told('SUDO_USER') ?? told('LOGNAME') ?? told('USER') ?? userOf(context.processes.self.uid);
  return {
    user: teleport ?? login,
    from: (told('SSH_CONNECTION') ?? told('SSH_CLIENT'))?.split(' ')[0] ?? null,
    tty: told('SSH_TTY'),
    // A one-shot command is no console: it holds the wheel as long as its run.
    console: null,
  };
}

function userOf(uid: number): string {
  return uid === 0 ? 'root' : `uid ${uid}`;
}
