import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { systemFiles } from '../../../src/adapters/system/files.ts';
import { systemProcesses } from '../../../src/adapters/system/processes.ts';
import { openStore } from '../../../src/adapters/system/store.ts';

const files = systemFiles();
const folder = mkdtempSync(join(tmpdir(), 'gc-files-'));
const at = (name: string) => join(folder, name);

describe('files', () => {
  it('what is not there is null, empty or gone already, never an error', async () => {
    expect(await files.readText(at('none'))).toBeNull();
    expect(await files.read(at('none/below'))).toBeNull();
    expect(await files.readFrom(at('none'), 0, 10)).toBeNull();
    expect(await files.stat(at('none'))).toBeNull();
    expect(await files.list(at('none'))).toEqual([]);
    expect(await files.realpath(at('none'))).toBeNull();
    expect(await files.isExecutable(at('none'))).toBe(false);
    await files.remove(at('none'));
  });

  it('are written whole, with nothing left beside them', async () => {
    await files.makeDirectory(at('whole'));
    await files.write(at('whole/a'), 'one', { mode: 0o640 });
    await files.write(at('whole/a'), 'two');
    expect(readdirSync(at('whole'))).toEqual(['a']);
    expect(await files.readText(at('whole/a'))).toBe('two');
  });

  it('directories are made with their parents, twice is fine, and where there can be none it says so', async () => {
    await files.makeDirectory(at('one/two/three'), { mode: 0o700 });
    await files.makeDirectory(at('one/two/three'));
    expect(await files.stat(at('one/two/three'))).toMatchObject({ kind: 'directory', mode: 0o700 });
    await expect(files.makeDirectory('/proc/none/below')).rejects.toMatchObject({ code: 'ENOENT' });
    await files.write(at('plain'), '');
    await expect(files.makeDirectory(at('plain/below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it('a folder is removed in one step, and only while nothing is in it', async () => {
    await files.makeDirectory(at('leave/inner'));
    await files.removeEmpty(at('leave'));
    expect(await files.list(at('leave'))).toEqual(['inner']);
    await files.removeEmpty(at('leave/inner'));
    await files.removeEmpty(at('leave'));
    await files.removeEmpty(at('leave'));
    expect(await files.stat(at('leave'))).toBeNull();
  });

  it('a folder is made also while somebody else takes its parent away', async () => {
    const comeAndGo = async () => {
      for (let round = 0; round < 200; round += 1) {
        await files.makeDirectory(at('shared/inner'), { mode: 0o700 });
        await files.removeEmpty(at('shared/inner'));
        await files.removeEmpty(at('shared'));
      }
    };
    await Promise.all([comeAndGo(), comeAndGo()]);
    expect(await files.stat(at('shared'))).toBeNull();
  });

  it('are read in parts', async () => {
    await files.write(at('parts'), '0123456789');
    const part = await files.readFrom(at('parts'), 8, 10);
    expect(new TextDecoder().decode(part ?? undefined)).toBe('89');
  });

  it('are watched from before they exist', async () => {
    const seen = Promise.withResolvers<void>();
    const cancel = files.watch(at('watched'), seen.resolve);
    await files.write(at('watched'), 'x');
    await seen.promise;
    cancel();
  });
});

describe('a lock', () => {
  it('is held by one and free again after it', async () => {
    const release = await files.lock(at('lock'));
    expect(release).not.toBeNull();
    expect(await files.lock(at('lock'))).toBeNull();
    release?.();
    expect(await files.lock(at('lock'))).not.toBeNull();
  });

  it('ends with its process, however that ends', async () => {
    const module = join(import.meta.dirname, '../../../src/adapters/system/file-lock.ts');
    const program = `
      const { takeLock } = await import(${JSON.stringify(module)});
      console.log(await takeLock(${JSON.stringify(at('shared'))}) === null ? 'no' : 'held');
      setInterval(() => {}, 1000);`;
    const argv = ['--input-type=module', '-e', program];
    const other = systemProcesses(systemClock()).start({ path: process.execPath, argv });
    const said = new Promise<string>((resolve) => other.onStdout((chunk) => resolve(String(chunk))));
    expect((await said).trim()).toBe('held');
    expect(await files.lock(at('shared'))).toBeNull();
    other.kill('SIGKILL');
    await other.exited;
    expect(await files.lock(at('shared'))).not.toBeNull();
  });
});

describe('the store', () => {
  async function linesOf(path: string): Promise<{ lines: string[]; torn: boolean }> {
    const store = await openStore(path);
    const lines: string[] = [];
    const { torn } = await store.readAll((line) => lines.push(line));
    await store.close();
    return { lines, torn };
  }

  it('keeps lines in the order they were given, before they were acknowledged or not', async () => {
    const store = await openStore(at('ordered'));
    const lines = Array.from({ length: 300 }, (_, n) => `{"n":${n},"x":"${'é'.repeat(n * 7)}"}`);
    await Promise.all(lines.map((line) => store.append(line)));
    expect(readFileSync(at('ordered'), 'utf8')).toBe(`${lines.join('\n')}\n`);
    expect(await store.size()).toBe(readFileSync(at('ordered')).length);
    await store.close();
    expect(await linesOf(at('ordered'))).toEqual({ lines, torn: false });
  });

  it('reports a line torn by a crash, now and ever after, and loses none beside it', async () => {
    writeFileSync(at('torn'), '{"n":1}\n{"n":2,"half');
    const store = await openStore(at('torn'));
    await store.append('{"n":3}');
    await store.close();
    const whole = { lines: ['{"n":1}', '{"n":3}'], torn: true };
    expect(await linesOf(at('torn'))).toEqual(whole);
    expect(await linesOf(at('torn'))).toEqual(whole);
  });

  it('tells a half line that is being written while it reads', async () => {
    const store = await openStore(at('half'));
    appendFileSync(at('half'), '{"n":1}\n{"n"');
    const lines: string[] = [];
    expect(await store.readAll((line) => lines.push(line))).toEqual({ lines: 1, torn: true });
    await store.close();
  });

  it('sets parts aside and drops the oldest, telling the newest line that is gone', async () => {
    const path = at('trimmed');
    const store = await openStore(path);
    const dropped: string[] = [];
    for (let n = 1; n <= 500; n += 1) {
      await store.append(JSON.stringify({ n, text: 'x'.repeat(100) }));
      const line = await store.trim(16_000);
      if (line !== null) dropped.push(line);
    }
    expect(await store.size()).toBeLessThan(20_000);
    const upTo: number = JSON.parse(dropped.at(-1) ?? '{}').n;
    await store.close();
    const { lines, torn } = await linesOf(path);
    expect(torn).toBe(false);
    expect(lines.map((line) => JSON.parse(line).n)).toEqual(
      Array.from({ length: 500 - upTo }, (_, index) => upTo + 1 + index),
    );
  });

  it('says so when the disk takes no more', async () => {
    const store = await openStore('/dev/full');
    await expect(store.append('{}')).rejects.toMatchObject({ code: 'ENOSPC' });
    await store.close();
  });
});
