import type { Probe } from '../cluster/cluster.ts';

const TOTAL = 214_748_364_800;
const BLOCK = 4096;
const HELP = 'see https://gravitational.com/gravity/docs/cluster/#garbage-collection';
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/**
 * The state directory's disk: a warning over 80 percent, critical over 90
 * (recordings/satellite/warning-only-disk-85pct). It is counted in blocks and never rounded; `part` of a thousand blocks more are
 * in use.
 */
export function diskProbe(percent: number, part = 0): Probe {
  const blocks = Math.floor((TOTAL * (100 - percent)) / 100 / BLOCK) - Math.floor(part * 1000);
  const free = Math.max(0, blocks * BLOCK);
  const used = (100 * (TOTAL - free)) / TOTAL;
  const left = `${humanBytes(free)} is available out of ${humanBytes(TOTAL)}`;
  const data = {
    low_watermark: 80,
    high_watermark: 90,
    path: '/var/lib/gravity',
    total_bytes: TOTAL,
    available_bytes: free,
  };
  const checker_data = btoa(JSON.stringify(data));
  if (percent <= 80) {
    const detail = `disk utilization on /var/lib/gravity is below 90% (${left})`;
    return { checker: 'disk-space', detail, status: 'running', checker_data };
  }
  const over = percent > 90 ? 90 : 80;
  const warning = over === 80 ? ', cluster will degrade if usage exceeds 90%' : '';
  return {
    checker: 'disk-space',
    detail: `disk utilization on /var/lib/gravity exceeds ${over}%, currently at ${used}% (${left})${warning}, ${HELP}`,
    status: 'failed',
    checker_data,
    severity: over === 90 ? 'critical' : 'warning',
  };
}

/** As go-humanize writes bytes: thousands, one decimal below ten (`9.4 MB`, `67 MB`). */
function humanBytes(bytes: number): string {
  const power = bytes < 10 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = Math.round((bytes / 1000 ** power) * 10) / 10;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
}
