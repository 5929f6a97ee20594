import { mount } from '../../screens/mount.tsx';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemTerminal } from '../../src/adapters/system/terminal.ts';
import type { AgentLink } from '../../src/console/agent-link.ts';
import { createConsole } from '../../src/console/console.ts';
import { quietTerminal } from './quiet-terminal.ts';

/** The console on this terminal with an agent nobody hears; it throws when the first key is pressed. */
const failure = { code: 'agent.failed', message: 'no', nextStep: '', status: 500 } as const;
const link: AgentLink = {
  judge: async () => ({ ok: false, failure }),
  start: async () => ({ ok: false, failure }),
  output: async () => ({ ok: false, failure }),
  why: async () => ({ ok: false, failure }),
  stream: () => ({ hold: () => {}, close: () => {} }),
};
const terminal = systemTerminal();
const console = createConsole(
  { link, clock: systemClock() },
  {
    id: 'console-here',
    screen: 'plan',
    time: 'utc',
    drive: false,
    look: { ascii: false, colour: true },
    size: terminal.size(),
  },
);
mount(console, terminal);
console.start(quietTerminal({ quit: () => {}, repaint: () => {} }));
terminal.onInput(() => {
  throw new Error('a bug of ours');
});
