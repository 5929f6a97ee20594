import type { Clock, Files, Processes } from '../ports.ts';
import type { AgentHealth, Info } from '../protocol/info.ts';
import { protocolNumber } from '../protocol/text.ts';
import type { Ledger, Poller } from './contracts.ts';
import type { Runs } from './runs.ts';

export type SelfReport = { info(): Info; health(): Promise<AgentHealth> };

type World = {
  clock: Clock;
  files: Files;
  processes: Processes;
  ledger: Ledger;
  poller: Poller;
  runs: Runs;
  version: string;
};

const pageBytes = 4096;

/** What the agent says of itself. */
export function createSelfReport(world: World): SelfReport {
  const { clock, files, processes, ledger, poller, runs, version } = world;
  const began = clock.monotonic();
  return {
    info() {
      const { kind, label, readOnly, place, plan, binaries, sources, wheel } = ledger.state();
      return {
        schema: 1,
        version,
        protocol: protocolNumber,
        kind,
        label,
        readOnly,
        pid: processes.self.pid,
        epoch: ledger.position().epoch,
        node: place.node,
        place,
        lead: plan?.operation.leadMaster?.hostname ?? null,
        binaries,
        sources: Object.values(sources),
        wheel,
      };
    },
    async health() {
      const { selfMs } = processes.usage();
      const descriptors = await files.list('/proc/self/fd');
      return {
        schema: 1,
        sources: poller.statistics(),
        queue: runs.queued(),
        journalLag: ledger.journalLag(),
        memory: await residentBytes(files),
        descriptors: descriptors.length > 0 ? descriptors.length : null,
        cpuMs: selfMs,
        childCpuMs: poller.childCpuMs(),
        upMs: clock.monotonic() - began,
      };
    },
  };
}

/** The second number of /proc/self/statm is the resident set, in pages (proc(5)); 0 where there is no /proc. */
async function residentBytes(files: Files): Promise<number> {
  const text = await files.readText('/proc/self/statm');
  return Number(text?.split(' ')[1] ?? 0) * pageBytes;
}
