import type { Clock } from '../ports.ts';
import type { Event } from '../protocol/event.ts';
import type { StreamMessage } from '../protocol/stream.ts';
import { connectionProblem } from './client-ask.ts';
import type { ConsoleStore } from './console-state.ts';
import { controlNotice } from './control-notice.ts';
import type { StreamSink } from './follow-stream.ts';
import { epoch } from './format/instant.ts';
import { atTime, hear } from './hear.ts';
import { runNotice } from './run-notice.ts';
import type { Scene } from './scene.ts';
import type { Notice } from './ui.ts';

/** Puts what the agent says, and the time it is by the agent's clock, into the store. */
export function createListener(store: ConsoleStore, clock: Clock): StreamSink & { tick(): number } {
  /** How far the agent's clock is from ours, ms. */
  let skew = 0;

  return {
    take(message) {
      if (message.type !== 'event') skew = skewOf(message.at, clock.now());
      const before = store.getState().scene;
      change((scene) => hear(scene, message, clock.now() + skew));
      store.setState({ live: true });
      if (before.connection.state === 'lost') tell({ text: 'the agent is heard again', tone: 'good' });
      tellRun(before, message);
      if (message.type === 'event') tellControl(before, message.event);
    },
    lost(reason) {
      const problem = connectionProblem(reason);
      const before = store.getState().scene.connection.problem;
      change((scene) => ({ ...scene, connection: { ...scene.connection, state: 'lost', problem } }));
      // Once for each new reason: what the operator looks at meanwhile is not written over at every attempt.
      if (problem !== '' && problem !== before) tell({ text: problem, tone: 'bad' });
    },
    /** Answers in how many ms the clock on the screen shows its next second. */
    tick() {
      change((scene) => atTime(scene, clock.now() + skew));
      return 1000 - (clock.now() % 1000);
    },
  };

  function tellRun({ cluster, console }: Scene, message: StreamMessage): void {
    if (message.type !== 'event' || message.event.kind !== 'run.changed') return;
    const notice = runNotice(cluster.runs, message.event.run, console);
    if (notice !== null) tell(notice);
  }

  function tellControl({ console }: Scene, event: Event): void {
    const notice = controlNotice(event, console);
    if (notice !== null) tell(notice);
  }

  function tell(notice: Notice): void {
    store.setState(({ ui }) => ({ ui: { ...ui, notice } }));
  }

  function change(apply: (scene: Scene) => Scene): void {
    store.setState(({ scene }) => ({ scene: apply(scene) }));
  }
}

/** A small difference is the way here, not the clocks'. */
function skewOf(at: string, now: number): number {
  const difference = (epoch(at) ?? now) - now;
  return Math.abs(difference) > 2000 ? difference : 0;
}
