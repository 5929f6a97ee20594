import type { World } from './world.ts';

/** The update agents of the nodes. A new one knows nothing of what another began. */
export const updateAgents = {
  start: ({ agentsDown }: World, node: string): void => {
    agentsDown.delete(node);
  },
  /**
   * It ends, by whatever signal: who waits for it elsewhere hears so at once, what it began goes on as an orphan
   * (nodes-facts 5.6).
   */
  stop: ({ agentsDown, calls }: World, node: string): void => {
    agentsDown.add(node);
    for (const call of calls) if (call.node === node) call.lost.end();
  },
} as const;
