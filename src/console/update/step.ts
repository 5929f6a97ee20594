import type { Intent } from '../intent.ts';
import type { Key } from '../keys/key.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';

/** What a key came to: the next Ui, and what it asks of the world. */
export type Step = { ui: Ui; intent?: Intent };

export type Handler = (ui: Ui, scene: Scene) => Step;

export type KeyHandler = (ui: Ui, scene: Scene, key: Key) => Step;
