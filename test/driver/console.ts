import { actionById } from '../../src/actions/table.ts';
import type { App } from './terminal.ts';

/** What an operator does with the console, in their words; keys of actions come from the table. */
export type Operator = {
  /** Opens the card of an action by its key, or by its id in the palette, and waits for it. */
  open(action: string): Promise<void>;
  /** Confirms the card that is open: Tab and Enter, or the typed word; then waits until it is gone. */
  confirm(word?: string): Promise<void>;
  /** Moves to a phase in the plan. */
  select(phase: string): Promise<void>;
};

export function operatorOf(app: App): Operator {
  return {
    open: async (action) => {
      const row = actionById(action);
      if (row === undefined) throw new Error(`the table has no action ${action}`);
      if (row.key === null) {
        app.press(':', ...action);
        await app.sees(new RegExp(`▌.*${action.replaceAll('.', '\\.')}`));
        app.press('Enter');
      } else {
        app.press(row.key);
      }
      await app.sees(`risk: ${row.risk}`);
    },
    confirm: async (word) => {
      await app.sees('Tab, then Enter');
      if (word === undefined) {
        app.press('Tab', 'Enter');
      } else {
        await app.sees(`Type ${word} to confirm`);
        app.press('Tab', ...word, 'Enter');
      }
      await app.loses('risk:');
    },
    select: async (phase) => {
      app.press(':', ...phase);
      // The column of ids is 25 wide, and what is longer is cut.
      const shown = phase.length > 25 ? `${phase.slice(0, 24)}.* ` : `${phase} +`;
      await app.sees(new RegExp(`▌.* ${shown}phase`));
      app.press('Enter');
      await app.sees(new RegExp(`│ ${phase}\\s*$`, 'm'));
    },
  };
}
