import { existsSync } from 'node:fs';
import type { Command, Processes, Units } from '../../ports.ts';

const limits = { timeoutMs: 10_000, maxBytes: 64 * 1024 };
const shown = ['ActiveState', 'Result', 'ExecMainStatus', 'ExecMainCode', 'MainPID', 'LoadState'];

/** systemd through its own commands. It is there for us when it is process 1 (sd_booted(3)) and we are root. */
export function systemUnits(processes: Processes): Units {
  const systemctl = (argv: string[]) => processes.run({ path: 'systemctl', argv, cwd: '/' }, limits);
  return {
    async available() {
      return processes.self.uid === 0 && existsSync('/run/systemd/system');
    },
    async start(unit, command) {
      const argv = transient(unit, command);
      const ended = await processes.run({ path: 'systemd-run', argv, cwd: '/' }, limits);
      if (ended.exitCode === 0) return { ok: true };
      const words = new TextDecoder().decode(ended.stderr).trim() || ended.detail || ended.outcome;
      return { ok: false, message: `systemd-run could not start ${unit}: ${words.split('\n')[0]}` };
    },
    async state(unit) {
      const ended = await systemctl(['show', unit, `--property=${shown.join(',')}`]);
      return ended.exitCode === 0 ? readShown(new TextDecoder().decode(ended.stdout)) : null;
    },
  };
}

/** `--collect` lets systemd forget a failed unit too: how it went is in its own files, and the name stays free. */
function transient(unit: string, command: Command): string[] {
  const environment = Object.entries(command.env ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`--setenv=${name}=${value}`],
  );
  return [
    `--unit=${unit}`,
    '--collect',
    '--quiet',
    `--working-directory=${command.cwd ?? '/'}`,
    ...environment,
    '--',
    command.path,
    ...command.argv,
  ];
}

/** `systemctl show` answers for units that never were, with LoadState=not-found. */
function readShown(text: string): Awaited<ReturnType<Units['state']>> {
  const shownOf = new Map(text.split('\n').map((line) => splitOnce(line)));
  if (shownOf.get('LoadState') === 'not-found') return null;
  const pid = Number(shownOf.get('MainPID') ?? '0');
  // ExecMainCode 0 means that the process has not ended (CLD_* of waitid otherwise).
  const ended = shownOf.get('ExecMainCode') !== '0';
  return {
    active: shownOf.get('ActiveState') ?? 'unknown',
    result: shownOf.get('Result') ?? 'unknown',
    exitCode: ended ? Number(shownOf.get('ExecMainStatus') ?? '0') : null,
    mainPid: pid > 0 ? pid : null,
  };
}

function splitOnce(line: string): [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}
