import { describe, expect, test } from 'vitest';
import { processWatch } from '../../src/agent/working-processes.ts';
import { atWorkOn } from '../../src/model/gravity-at-work.ts';
import { noFiles } from '../driver/agent-ports.ts';
import { polledAgent } from '../driver/polled-agent.ts';
import { recordingText } from '../recordings.ts';

const plan = 'plan --output=json';
const execute = 'gravity plan execute --phase=/masters/master-2/drain';
const none = () => [];

/** A machine whose processes are these command lines by pid; `reads` are the pids that were looked into. */
function machine(processes: Record<string, string>) {
  const reads: string[] = [];
  const files = {
    list: async (path: string) => (path === '/proc' ? ['self', 'meminfo', ...Object.keys(processes)] : []),
    readText: async (path: string) => {
      const pid = /^\/proc\/(\d+)\/cmdline$/.exec(path)?.[1];
      if (pid === undefined) return null;
      reads.push(pid);
      return processes[pid]?.replaceAll(' ', '\0') ?? null;
    },
  };
  return { processes, reads, files };
}

describe('gravity at work on this machine', () => {
  test('is known by its command line, and polls are none', async () => {
    const { files } = machine({ 1: '/sbin/init', 20: execute, 21: 'gravity plan --output=json', 22: 'bash' });
    expect(await processWatch(files, none)()).toEqual([{ pid: 20, command: execute }]);
  });

  test('is a script too, where that is one of the known binaries', async () => {
    const asScript = (path: string) => `node ${path} plan execute --phase=/checks`;
    const { files } = machine({ 20: asScript('/one/bin/gravity'), 21: asScript('/two/bin/gravity') });
    const look = processWatch(files, () => ['/one/bin/gravity']);
    expect(await look()).toEqual([{ pid: 20, command: asScript('/one/bin/gravity') }]);
  });

  test('what is known by then is not looked into again', async () => {
    const { files, reads } = machine({ 1: '/sbin/init', 20: execute });
    const look = processWatch(files, none);
    for (const _ of [1, 2, 3, 4]) await look();
    expect(reads).toEqual(['1', '20', '1', '20']);
  });

  test('is seen although the first look met it before it became gravity', async () => {
    const { files, processes } = machine({ 20: 'bash' });
    const look = processWatch(files, none);
    expect(await look()).toEqual([]);
    processes[20] = execute;
    expect(await look()).toEqual([{ pid: 20, command: execute }]);
  });

  test('cannot be told where processes are hidden', async () => {
    expect(await processWatch(noFiles, none)()).toBeNull();
  });

  test('is at work on the phases it names, and without a name on all', () => {
    const at = (command: string) => ({ atWork: [{ pid: 20, command }] });
    const drain = '/masters/master-2/drain';
    expect(atWorkOn(at(execute), drain)).toHaveLength(1);
    expect(atWorkOn(at('gravity plan execute --phase=/masters'), drain)).toHaveLength(1);
    expect(atWorkOn(at('gravity plan execute --phase /masters/master-3'), drain)).toEqual([]);
    expect(atWorkOn(at('gravity plan resume --block'), drain)).toHaveLength(1);
  });
});

describe('a gravity that begins or ends here', () => {
  test('is told, and the plan is read at once, within 10 s of either', async () => {
    const { files, processes } = machine({ 1: '/sbin/init' });
    const stdout = recordingText('plans/fresh-3m.json');
    const answer = (argv: readonly string[]) =>
      argv[0] === 'plan'
        ? { stdout }
        : argv[0] === 'version'
          ? { stdout: '{"version":"7.0.41"}' }
          : { exitCode: 255 };
    const parts = { files: { ...noFiles, ...files } };
    const { clock, poller, ledger, of } = await polledAgent(answer, { parts });
    poller.start();
    await clock.advance(20_000);
    for (const change of [
      () => Object.assign(processes, { 30: execute }),
      () => Reflect.deleteProperty(processes, 30),
    ]) {
      const before = of(plan).length;
      change();
      await clock.advance(10_000);
      expect(of(plan).length).toBeGreaterThan(before);
      expect(ledger.state().atWork).toEqual(processes[30] ? [{ pid: 30, command: execute }] : []);
    }
  });
});
