import type { ProblemCode } from '../../protocol/problem.ts';

/**
 * Which kind of trouble gravity's error text is about, by the fragments it is known by; the first row that fits. Texts
 * from recordings/cli/*.stderr and engine.md (the lock).
 */
export function errorCode(text: string): ProblemCode {
  return fragments.find(([fragment]) => fragment.test(text))?.[1] ?? 'gravity.error';
}

const fragments: readonly (readonly [RegExp, ProblemCode])[] = [
  [/should be run as root|requires root privileges|open \S+: permission denied/i, 'gravity.not-root'],
  [/is locked, is another instance|database is locked/i, 'gravity.locked'],
  [/\/secrets\/[\w.-]+: no such file or directory/, 'gravity.no-cluster'],
  [/failed to initialize properly/, 'gravity.no-plan'],
  [/no (active |unfinished )?operations? found/i, 'gravity.no-operation'],
  [
    /failed to resolve|connection refused|deadline ?exceeded|failed to connect to|i\/o timeout|no route to host|etcd cluster is unavailable|connection reset|connection timed out|network is unreachable|no such host|server misbehaving|unable to connect to the server|bad gateway|service unavailable|TLS handshake timeout/i,
    'gravity.api-unreachable',
  ],
];
