import type { Log } from '../ports.ts';
import { createLane, type Lane } from './lane.ts';

/** Work that says when it really begins. */
export type Work = (began: () => void) => Promise<void>;

/** Whose turn it is: one gravity at a time in the lane, everything else beside it. */
export type Turns = {
  lane: Lane;
  /** The work in its turn; none is begun after the end. A fault of our own is told in the log and stops nothing. */
  inLane(work: Work): Work;
  beside(work: Work): Work;
  end(): void;
  ended(): boolean;
};

export function createTurns(log: Log | null): Turns {
  const lane = createLane();
  let over = false;
  const through =
    (turn: Lane) =>
    (work: Work): Work =>
    (began) =>
      turn(() => (over ? Promise.resolve() : work(began))).catch((error) =>
        log?.error('a poll failed by our own fault', { error: String(error) }),
      );
  return {
    lane,
    inLane: through(lane),
    beside: through((work) => work()),
    end() {
      over = true;
    },
    ended: () => over,
  };
}
