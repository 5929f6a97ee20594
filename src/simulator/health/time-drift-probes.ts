import { chance } from '../chance.ts';
import type { Cluster, ClusterNode, Probe } from '../cluster/cluster.ts';

const THRESHOLD_MS = 300;

/** What a master says of the clocks of all: one probe per peer that is off, each counts as critical (satellite.md 7). */
export function timeDriftProbes({ nodes, world }: Cluster, node: ClusterNode, rounds: number): Probe[] {
  const ip = node.server.advertise_ip;
  const clockOf = ({ server }: ClusterNode): number => world.clockOffsets.get(server.hostname) ?? 0;
  const own = clockOf(node);
  const off = [...nodes.values()].filter((peer) => peer.up && Math.abs(clockOf(peer) - own) > THRESHOLD_MS);
  /** What the way there and back adds, in milliseconds: another on every master and in every round. */
  const error = (peer: ClusterNode): number => chance(`${ip} ${peer.server.advertise_ip} ${rounds}`) * 2 - 1;
  if (off.length > 0) {
    return off.map((peer) => ({
      checker: 'time-drift',
      detail: `time drift between ${ip} and ${peer.server.advertise_ip} is higher than the allowed threshold of 300ms: ${goDuration(clockOf(peer) - own + error(peer))}`,
      status: 'failed',
    }));
  }
  const detail = `time drift between ${ip} and other nodes is within the allowed threshold of 300ms`;
  return [{ checker: 'time-drift', detail, status: 'running' }];
}

/** As Go prints a duration, to the nanosecond: `350.000125ms`, `2.500410787s`, `-1m59.995929574s`, `1h0m5s`. */
function goDuration(ms: number): string {
  const nanos = Math.abs(Math.round(ms * 1_000_000));
  const sign = ms < 0 ? '-' : '';
  if (nanos < 1_000_000_000) return `${sign}${fraction(nanos, 6)}ms`;
  const seconds = `${fraction(nanos % 60_000_000_000, 9)}s`;
  const minutes = Math.floor(nanos / 60_000_000_000);
  if (minutes === 0) return `${sign}${seconds}`;
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours === 0 ? '' : `${hours}h`}${minutes % 60}m${seconds}`;
}

/** A number of billionths or millionths as a decimal, without zeros at its end. */
function fraction(value: number, digits: number): string {
  const text = String(value).padStart(digits + 1, '0');
  const rest = text.slice(-digits).replace(/0+$/, '');
  return `${text.slice(0, -digits)}${rest === '' ? '' : `.${rest}`}`;
}
