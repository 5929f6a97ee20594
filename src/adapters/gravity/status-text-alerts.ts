import type { Alert } from '../../protocol/status.ts';

/** The lines below `Cluster alerts:`, active alerts alone; the text gives a duration instead of an instant. */
export function readAlertLines(lines: readonly string[] | null): Alert[] | null {
  if (lines === null) return null;
  const alerts: Alert[] = [];
  for (const line of lines) {
    const text = line.trim();
    const last = alerts.at(-1);
    if (text.startsWith('* ')) alerts.push(toAlert(text.slice(2)));
    else if (last !== undefined)
      last.message = [last.message, text.replace(/^- /, '')].filter(Boolean).join('\n');
  }
  return alerts;
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
