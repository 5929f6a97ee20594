import { clean } from '../../protocol/clean.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';

/** A systemd unit as `systemctl show` tells it, words as systemd's own. */
export type UnitState = {
  load: string;
  active: string;
  sub: string;
  result: string;
  exitCode: number | null;
  mainPid: number | null;
};

/** `systemctl show UNIT`: `Key=value` lines in any order. A pid of 0 is none. */
export function readUnitState(text: string): Reading<UnitState> {
  const properties = new Map(
    clean(text)
      .split('\n')
      .map((line) => [line.slice(0, Math.max(0, line.indexOf('='))), line.slice(line.indexOf('=') + 1)]),
  );
  const active = properties.get('ActiveState');
  if (active === undefined) return unread('answer.wrong-shape', 'systemd gave no state of the unit');
  const exitCode = properties.get('ExecMainStatus');
  const pid = Number(properties.get('MainPID') ?? 0);
  return read({
    load: properties.get('LoadState') ?? '',
    active,
    sub: properties.get('SubState') ?? '',
    result: properties.get('Result') ?? '',
    exitCode: exitCode !== undefined && /^\d+$/.test(exitCode) ? Number(exitCode) : null,
    mainPid: Number.isInteger(pid) && pid > 0 ? pid : null,
  });
}
