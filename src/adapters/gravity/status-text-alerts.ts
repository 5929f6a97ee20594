import type { Alert } from '../../protocol/status.ts';

/**
 * The lines below `Cluster alerts:`, active alerts alone; the text gives a duration instead of an instant. Kapacitor's
 * of 5.5 stand on one line, `* [CRITICAL] CRITICAL / etcd: cluster is unhealthy`.
 */
export function readAlertLines(lines: readonly string[] | null): Alert[] | null {
  if (lines === null) return null;
  const alerts: Alert[] = [];
  for (const text of lines) {
    const last = alerts.at(-1);
    if (text.startsWith('* ')) alerts.push(kapacitorAlert(text.slice(2)) ?? toAlert(text.slice(2)));
    else if (last !== undefined)
      last.message = [last.message, text.replace(/^- /, '')].filter(Boolean).join('\n');
  }
  return alerts;
}

function kapacitorAlert(text: string): Alert | null {
  const [, level, rest = ''] = /^\[([A-Z]+)\] (.+)$/.exec(text) ?? [];
  if (level === undefined) return null;
  const [, before = '', message = rest] = /^(.*?) \/ (.+)$/.exec(rest) ?? [];
  const name = before === level || before === '' ? message : before;
  return { name, severity: level.toLowerCase(), state: 'active', message, since: null };
}

function toAlert(text: string): Alert {
  return {
    name: text.replace(/\s*\[[^\]]*\]$/, ''),
    severity: null,
    state: 'active',
    message: '',
    since: null,
  };
}
