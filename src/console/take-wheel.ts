import type { Cancel } from '../ports.ts';
import type { AgentLink } from './agent-link.ts';
import type { ConsoleStore } from './console-state.ts';
import type { Notice } from './ui.ts';

type Link = Pick<AgentLink, 'judge' | 'start'>;

/** As `--drive` asks: takes the wheel as soon as the agent is heard, when nobody has it, and says so when that fails. */
export function driveOnceLive(store: ConsoleStore, link: Link): Cancel {
  const stop = store.subscribe(({ live, ui, scene }) => {
    if (!live) return;
    stop();
    if (!ui.drive || scene.cluster.wheel.holder?.console === scene.console) return;
    void takeWheel(link, scene.console).then((notice) => {
      if (notice !== null) store.setState((state) => ({ ui: { ...state.ui, notice } }));
    });
  });
  return stop;
}

/**
 * Takes the wheel when nobody has it; answers what to tell the operator when that did not work.
 * Taking it from somebody asks a reason, so that is left to the operator and its card.
 */
async function takeWheel(link: Link, console: string): Promise<Notice | null> {
  const judged = await link.judge('wheel.take', {});
  if (!judged.ok) return { text: judged.failure.message, tone: 'bad' };
  const { id, allowed, reason, confirm } = judged.value;
  if (!allowed) return { text: reason ?? 'the wheel cannot be taken', tone: 'bad' };
  if (confirm.kind !== 'none' || confirm.reason)
    return { text: 'somebody else drives; take the wheel from the menu, giving a reason', tone: 'bad' };
  const started = await link.start({ judgementId: id, requestId: `${console}-wheel-${id}`.slice(0, 128) });
  return started.ok ? null : { text: started.failure.message, tone: 'bad' };
}
