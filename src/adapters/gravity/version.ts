import { clean } from '../../protocol/clean.ts';
import { type Foreign, foreign, foreignName } from '../../protocol/foreign.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import { gravityJson } from './gravity-json.ts';

/** What a `gravity` says it is. */
export type GravityVersion = { version: string; edition: string | null; gitCommit: string | null };

/** `gravity version` in JSON (recordings/cli/bare-version-json.stdout; 6.1 spells `gitCommit`) or text. */
export function readVersion(text: string): Reading<GravityVersion> {
  if (!/^\s*\{/.test(text)) return toVersion(linesOf(text));
  const document = gravityJson(text, 'the version');
  return document.ok ? toVersion(foreign(document.value) ?? {}) : document;
}

function toVersion(node: Foreign): Reading<GravityVersion> {
  const version = foreignName(node['version']);
  if (version === null) return unread('answer.wrong-shape', 'the program does not say a version of gravity');
  const gitCommit = foreignName(node['git_commit']) ?? foreignName(node['gitCommit']);
  return read({ version, edition: foreignName(node['edition']), gitCommit });
}

/** `Edition:`, `Version:`, `Git Commit:`, one a line. */
function linesOf(text: string): Foreign {
  const pairs = clean(text)
    .split('\n')
    .flatMap((line) => {
      const [, key = '', value = ''] = /^\s*([\w ]+?):\s*(\S.*?)\s*$/.exec(line) ?? [];
      return key === '' ? [] : [[key.toLowerCase().replaceAll(' ', '_'), value] as const];
    });
  return Object.fromEntries(pairs);
}
