import type { Life } from '../life.ts';
import type { World } from '../world.ts';

const DIAL_MS = 30_000;

/** The half minute gravity dials an update agent that does not answer (client-facts 10; cli/exec-remote-noagent). */
export async function dialUnanswered({ clock }: World, life: Life): Promise<void> {
  await Promise.race([clock.sleep(DIAL_MS), life.over]);
}
