import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { Lines } from '../components/lines.tsx';
import type { ConsoleStore } from '../src/console/console-state.ts';
import { frameLines } from './frame.ts';

/** The console's screen. Nothing is drawn again unless a line of it differs. */
export function App({ store }: { store: ConsoleStore }) {
  const lines = useStore(
    store,
    useShallow(({ scene, ui }) => frameLines(scene, ui)),
  );
  return <Lines lines={lines} />;
}
