import { drivingBinary } from '../driving-binary.ts';
import type { Asked } from './asked.ts';
import { next } from './next.ts';
import type { Answer } from './reason.ts';
import { told } from './told.ts';

/** Which binaries there are, and where the one that fits is had (client-facts 14, engine.md 10: wrong binary). */
export function binaryHelp(asked: Asked, wanted: string): Pick<Answer, 'causes' | 'next' | 'after'> {
  const { binaries } = asked.cluster;
  const { binary } = drivingBinary(asked.cluster);
  const fitting = binaries.find(({ version, problem }) => version === wanted && problem === null);
  const seen = binaries.map(({ path, version }) => `${path} is ${version ?? 'of a version not read'}`);
  const causes = [
    told(
      asked,
      'agent',
      seen.length === 0 ? 'no gravity was found on this machine' : seen.slice(0, 4).join('; '),
    ),
    told(asked, 'plan', `the plan wants gravity ${wanted}`),
  ];
  if (fitting !== undefined && fitting.path === binary?.path)
    return { causes, next: next.action('that one drives by now: step on', 'operation.step'), after: null };
  return {
    causes,
    next: next.hand(
      `get gravity ${wanted}: from the unpacked image of the new version, or as the update agents brought it; then tell the agent`,
      "find / -xdev -path '*/proc' -prune -o -type f -name gravity -perm -100 -print",
      'ls -l /var/lib/gravity/site/update/agent',
      `gravity-console agent --gravity ${fitting?.path ?? 'PATH'}`,
    ),
    after: 'never --skip-version-check: another version may write the plan differently',
  };
}
