import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemFiles } from '../../src/adapters/system/files.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import { agentRig, removeRig } from '../driver/agent-rig.ts';

const clock = systemClock();
const processes = systemProcesses(clock);

const deaf: { title: string; script: string }[] = [
  { title: 'hangs', script: 'exec sleep 600' },
  {
    title: 'hangs and is deaf to signals, and so is its child',
    script: "trap '' TERM INT; sleep 600 & wait; wait",
  },
];

describe('an agent that ends while its gravity', () => {
  for (const { title, script } of deaf)
    it(`${title} ends soon and leaves no gravity behind`, async () => {
      const rig = agentRig();
      const pidFile = join(rig.dir, 'pid');
      writeFileSync(join(rig.dir, 'gravity'), `#!/bin/sh\necho $$ > ${pidFile}\n${script}\n`);
      const agent = await rig.start();
      await appears(pidFile);
      const pid = Number(readFileSync(pidFile, 'utf8'));
      const born = processes.birth(pid);
      expect(born).not.toBeNull();
      // The reading itself would have been given 10 s.
      const ended = await Promise.race([
        agent.stop().then(() => 'ended'),
        clock.wait(5_000).then(() => 'late'),
      ]);
      expect(ended).toBe('ended');
      expect(processes.birth(pid)).toBeNull();
      removeRig(rig);
    });
});

function appears(path: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!existsSync(path) || readFileSync(path, 'utf8') === '') return;
      cancel();
      resolve();
    };
    const cancel = systemFiles().watch(path, look);
    look();
  });
}
