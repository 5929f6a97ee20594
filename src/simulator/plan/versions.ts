import type { Locator } from '../plan-document.ts';
import { IMAGES } from './image.ts';

/** What a simulated cluster runs where its plan does not say (recordings/plans/fresh-3m2w.json). */
export const VERSIONS = {
  app: IMAGES.direct.app,
  gravity: IMAGES.direct.target.gravity,
} as const;

export function locator(name: string, version: string, repository = 'gravitational.io'): Locator {
  return { repository, name, version };
}
