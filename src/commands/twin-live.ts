import type { Context } from './context.ts';
import { kindWord } from './kind-word.ts';
import { reachAgent } from './reach-agent.ts';
import type { Shown, TwinRow } from './twin-row.ts';

/** A twin of what the agent knows now. */
export async function liveNow<T>(
  context: Context,
  row: TwinRow<T>,
  flags: Record<string, unknown>,
): Promise<Shown<T>> {
  const { snapshot } = await reachAgent(context, flags);
  const live = { cluster: snapshot.state, now: Date.parse(snapshot.at), flags };
  const standing = row.standing?.(live) ?? null;
  return {
    ...row.live(live),
    live,
    heading: [kindWord(live.cluster), ...(standing === null ? [] : [standing])],
  };
}
