import type { Cluster, ClusterNode, Probe } from '../cluster/cluster.ts';

const THRESHOLD_MS = 300;

/** What a master says of the clocks of all: one probe per peer that is off, each counts as critical (satellite.md 7). */
export function timeDriftProbes({ nodes, world }: Cluster, node: ClusterNode): Probe[] {
  const ip = node.server.advertise_ip;
  const clockOf = ({ server }: ClusterNode): number => world.clockOffsets.get(server.hostname) ?? 0;
  const own = clockOf(node);
  const off = [...nodes.values()].filter((peer) => peer.up && Math.abs(clockOf(peer) - own) > THRESHOLD_MS);
  if (off.length > 0) {
    return off.map((peer) => ({
      checker: 'time-drift',
      detail: `time drift between ${ip} and ${peer.server.advertise_ip} is higher than the allowed threshold of 300ms: ${goDuration(clockOf(peer) - own)}`,
      status: 'failed',
    }));
  }
  const detail = `time drift between ${ip} and other nodes is within the allowed threshold of 300ms`;
  return [{ checker: 'time-drift', detail, status: 'running' }];
}

/** As Go prints a duration: `350ms`, `1.2s`, `2m0s`, `1h0m5s`. */
function goDuration(ms: number): string {
  const whole = Math.abs(Math.round(ms));
  const sign = ms < 0 ? '-' : '';
  if (whole < 1000) return `${sign}${whole}ms`;
  const seconds = `${(whole % 60_000) / 1000}s`;
  const minutes = Math.floor(whole / 60_000);
  if (minutes === 0) return `${sign}${seconds}`;
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours === 0 ? '' : `${hours}h`}${minutes % 60}m${seconds}`;
}
