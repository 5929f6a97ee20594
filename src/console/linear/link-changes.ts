import { shownSources } from '../../model/shown-sources.ts';
import type { Scene } from '../scene.ts';
import { whoIs } from '../who-is.ts';

/** What happens between us and the agent, between the agent and its sources, and at the wheel. */
export function linkChanges(before: Scene, after: Scene): string[] {
  const connected = after.connection.state === 'connected';
  const changed = before.connection.state !== after.connection.state;
  const lost =
    changed && after.connection.state === 'lost'
      ? [`the agent is silent: ${after.connection.problem ?? 'no answer'}`]
      : [];
  const back = changed && connected ? ['the agent is heard'] : [];
  return [...lost, ...back, ...sourceLines(before, after), ...wheelLines(before, after)];
}

function sourceLines(before: Scene, after: Scene): string[] {
  return shownSources(after.cluster).flatMap((is) => {
    const name = is.source;
    const was = before.cluster.sources[name];
    if (was?.state === is.state) return [];
    if (is.state === 'failing')
      return [`${name} cannot be read: ${is.problem?.sentence ?? 'no reason given'}`];
    return was?.state === 'failing' ? [`${name} is read again`] : [];
  });
}

function wheelLines(before: Scene, after: Scene): string[] {
  const [was, is] = [before.cluster.wheel.holder, after.cluster.wheel.holder];
  if (was?.console === is?.console && was?.user === is?.user) return [];
  return [is === null ? 'nobody drives' : `${whoIs(is)} drives`];
}
