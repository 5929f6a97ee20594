import { chown, readFile } from 'node:fs/promises';

/** Gives a file to a group by name or number; rejects with `code` EGROUP when there is no such group. */
export async function handToGroup(path: string, group: string | undefined): Promise<void> {
  if (group === undefined) return;
  await chown(path, process.getuid?.() ?? -1, await groupId(group));
}

async function groupId(group: string): Promise<number> {
  if (/^\d+$/.test(group)) return Number(group);
  const lines = (await readFile('/etc/group', 'utf8')).split('\n');
  const id = lines.find((line) => line.startsWith(`${group}:`))?.split(':')[2];
  if (id !== undefined) return Number(id);
  throw Object.assign(new Error(`there is no group ${group} on this machine`), { code: 'EGROUP' });
}
