import type { Cause, NextStep } from '../../protocol/why.ts';
import { type NodeRow, nodeRows } from '../node-rows.ts';
import { isOnlyAgentSilent, silenceWords } from '../node-silence.ts';
import type { Asked } from './asked.ts';
import { next } from './next.ts';
import { told } from './told.ts';

/** The node of this host name or address, as all sources know it. */
export function nodeNamed({ cluster }: Asked, name: string): NodeRow | null {
  return nodeRows(cluster).find((row) => row.name === name || row.ip === name || row.serf === name) ?? null;
}

/** What is wrong with a node as a whole, and the hand work that brings it back; null where it answers or is not known. */
export function nodeTrouble(asked: Asked, name: string): { trouble: Cause | null; repair: NextStep | null } {
  const row = nodeNamed(asked, name);
  if (row === null) return { trouble: null, repair: null };
  if (isOnlyAgentSilent(row))
    return {
      trouble: told(asked, 'health', `${name}: ${silenceWords(row)}`),
      repair: next.hand(
        `on ${name}, find out why planet-agent does not answer; systemd restarts it when it dies`,
        'gravity exec systemctl status planet-agent',
        'gravity exec journalctl -u planet-agent --no-pager -n 50',
      ),
    };
  const isOff = row.state === 'offline' || row.vanished;
  if (isOff)
    return {
      trouble: told(
        asked,
        'health',
        `${name} does not answer: ${row.vanished ? 'the others list it no more' : 'it is offline'}`,
      ),
      repair: next.hand(
        `bring ${name} back: look at the machine, start it, and see that planet and teleport run on it`,
        "systemctl status 'gravity__gravitational.io__planet*' 'gravity__gravitational.io__teleport*'",
      ),
    };
  if (row.access === 'offline')
    return {
      trouble: told(asked, 'status', `${name} has no remote access: its teleport does not answer`),
      repair: next.hand(
        `on ${name}, start teleport again`,
        "systemctl restart 'gravity__gravitational.io__teleport*'",
        "journalctl -u 'gravity__gravitational.io__teleport*' --no-pager -n 50",
      ),
    };
  return { trouble: null, repair: null };
}
