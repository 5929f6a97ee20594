import { type Instance, render } from 'ink';
import type { Console } from '../src/console/console.ts';
import type { ConsoleState } from '../src/console/console-state.ts';
import { kindWord } from '../src/console/kind-word.ts';
import { attentionCells } from '../src/console/view/attention.ts';
import { App } from './app.tsx';

/** The terminal as the screen needs it; the real one is the Terminal port. */
export type Stage = {
  output: NodeJS.WriteStream;
  write(text: string): void;
  borrow(modes: { on: string; off: string }): () => void;
  onInput(take: (chunk: string) => void): () => void;
  onResize(run: () => void): () => void;
  size(): { columns: number; rows: number };
};

const alternateScreen = '\u001b[?1049h';
/** Bracketed paste, and a window title of our own over the one that was there. */
const modes = { on: '\u001b[22;2t\u001b[?2004h', off: '\u001b[?2004l\u001b[23;2t' };

/**
 * Draws the console until `unmount`, which gives the terminal back as it was: its screen, cursor, modes and title.
 * Ink draws and nothing more: input comes raw from the stage, and the screen is cleared only when its size changed.
 */
export function mount(console: Console, stage: Stage): { unmount(): void; repaint(): void; reclaim(): void } {
  const giveBack = stage.borrow(modes);
  const instance = draw(console, stage);
  // What cannot be drawn ends the drawing; unheard, the error would leave a dead screen that still takes keys.
  void instance.waitUntilExit();
  const stops = [
    stage.onInput(console.input),
    // GNU screen moves and repeats lines of its own when it is resized or attached from another size.
    stage.onResize(() => {
      console.resize(stage.size());
      repaint({ instance, console, stage });
    }),
    console.store.subscribe((state, before) => {
      tellCard(console, instance, { state, before });
      if (titleOf(state) !== titleOf(before) && state.scene.look.titled !== false)
        stage.write(`\u001b]2;${titleOf(state)}\u0007`);
    }),
  ];
  return {
    // What Ink writes last belongs on its own screen, even if somebody has left that for it.
    reclaim: () => stage.write(alternateScreen),
    repaint: () => repaint({ instance, console, stage }),
    unmount() {
      for (const stop of stops) stop();
      instance.unmount();
      giveBack();
    },
  };
}

function draw(console: Console, stage: Stage): Instance {
  return render(<App store={console.store} />, {
    stdout: stage.output,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 120,
    patchConsole: false,
    exitOnCtrlC: false,
  });
}

/** Ink erases from where it believes the cursor to be, which somebody else's output may have moved. */
const homeAndEraseDown = '\u001b[0m\u001b[H\u001b[J';

/** Forgets what is thought to be on the terminal and draws every line again. */
function repaint({ instance, console, stage }: { instance: Instance; console: Console; stage: Stage }): void {
  instance.clear();
  stage.write(homeAndEraseDown);
  instance.rerender(<App store={console.store} />);
}

/** Tells the console when the frame with a new card has been written: from then on, and not before, keys may count. */
function tellCard(
  console: Console,
  instance: Instance,
  { state, before }: { state: ConsoleState; before: ConsoleState },
): void {
  const { overlay } = state.ui;
  if (overlay?.kind !== 'card' || overlay.stage !== 'ready' || overlay.drawn) return;
  if (
    before.ui.overlay?.kind === 'card' &&
    before.ui.overlay.judgement === overlay.judgement &&
    before.ui.overlay.id === overlay.id
  )
    return;
  void instance.waitUntilRenderFlush().then(() => console.cardDrawn(overlay.id));
}

/** `x LIVE demo.example.com: FAILED master-2/drain`: which cluster it is, and what calls for an operator there. */
function titleOf({ scene }: ConsoleState): string {
  const { status, plan } = scene.cluster;
  const name = status?.cluster ?? plan?.operation.cluster ?? 'cluster unknown';
  const [call = []] = attentionCells(scene);
  const [sign, words] = call.map(({ text }) => text);
  const bare = `${kindWord(scene)} ${name}`;
  const title = sign === undefined ? bare : `${sign} ${bare}:${words}`;
  // A title has no other letters than those every terminal takes, and the marks.
  return title.replace(/[^\x20-\x7e×‖]/g, '');
}
