import { describe, expect, test } from 'vitest';
import type { Http, HttpAnswer } from '../../src/ports.ts';
import { noFiles } from '../driver/agent-ports.ts';
import { polledAgent } from '../driver/polled-agent.ts';
import { recording, recordingText } from '../recordings.ts';

const second = 1000;
const minute = 60 * second;
const plan = 'plan --output=json';
const status = 'status --output=json';
const version = '{"version":"7.0.41-dev.6"}';
const locked =
  '\u001b[31m[ERROR]: /var/lib/gravity/local/gravity.db is locked, is another instance running?\n\u001b[0m';

const answers: Record<string, string> = {
  'version --output=json': version,
  [plan]: recordingText('plans/fresh-3m.json'),
  [status]: recordingText('story/09-status-json-failed.stdout'),
  'status history': 'No status history available to display.\n',
};

function well(argv: readonly string[]) {
  const stdout = answers[argv.join(' ')];
  return stdout === undefined ? { exitCode: 255, stderr: '[ERROR]: not today\n' } : { stdout };
}

describe('the pace', () => {
  test('an idle cluster is asked for its plan and status once a minute', async () => {
    const { clock, poller, of } = await polledAgent(well);
    poller.start();
    await clock.advance(10 * minute);
    expect(of(plan)).toHaveLength(10);
    expect(of(status)).toHaveLength(10);
  });

  test('an idle cluster costs less than a fiftieth of a core', async () => {
    const { clock, poller, polls } = await polledAgent(well, { costMs: 350 });
    poller.start();
    await clock.advance(60 * minute);
    expect(polls.length * 350).toBeLessThan(60 * minute * 0.02);
  });

  test('a plan whose leaf changed a moment ago is found moving at the first look', async () => {
    const fresh = '"id": "/checks",';
    const moved = answers[plan]?.replace(
      new RegExp(`${fresh}([^}]*?)"updated": "0001-01-01T00:00:00Z"`),
      `${fresh} "state": "completed",$1"updated": "2026-11-22T11:06:10Z"`,
    );
    expect(moved).not.toBe(answers[plan]);
    const { clock, poller, of } = await polledAgent((argv) =>
      argv[0] === 'plan' ? { stdout: moved } : well(argv),
    );
    poller.start();
    await clock.advance(30 * second);
    expect(of(plan).length).toBeGreaterThan(5);
    await clock.advance(minute);
    const settled = of(plan).length;
    await clock.advance(5 * minute);
    expect(of(plan).length - settled).toBeLessThanOrEqual(5);
  });

  test('a run makes it move, and its end is looked at at once', async () => {
    const { clock, poller, of } = await polledAgent(well);
    poller.start();
    await clock.advance(20 * second);
    const before = of(plan).length;
    poller.runBegan();
    await clock.advance(30 * second);
    expect(of(plan).length - before).toBeGreaterThanOrEqual(9);
    poller.runEnded();
    const ended = clock.monotonic();
    await clock.advance(second);
    expect(of(plan).at(-1)?.at).toBeGreaterThanOrEqual(ended);
  });

  test('a database that stays locked is asked less and less, and once a minute at the least', async () => {
    const { clock, poller, of } = await polledAgent((argv) =>
      argv[0] === 'plan' ? { exitCode: 255, stderr: locked } : well(argv),
    );
    poller.start();
    poller.runBegan();
    await clock.advance(10 * minute);
    const pauses = of(plan).map(({ at }, index) => at - (of(plan)[index - 1]?.at ?? 0));
    expect(pauses.slice(3, 6)).toEqual(pauses.slice(3, 6).toSorted((one, other) => one - other));
    expect(Math.max(...pauses)).toBeLessThanOrEqual(minute + second);
    expect(of(plan).length).toBeLessThan(20);
  });

  test('a read run waits for the poll before it, and the next poll for the read run', async () => {
    const { clock, poller, polls } = await polledAgent(well);
    poller.start();
    await clock.advance(100);
    const busy = { from: 0, to: 0 };
    const work = poller.exclusive(async () => {
      busy.from = clock.monotonic();
      await new Promise<void>((done) => clock.after(5 * second, done));
      busy.to = clock.monotonic();
      return 'read';
    });
    await clock.advance(2 * minute);
    expect(await work).toBe('read');
    for (const { at, done } of polls) expect((done ?? 0) <= busy.from || at >= busy.to).toBe(true);
  });
});

describe('freshness', () => {
  test('an unchanged answer is no event, and yet its age is true', async () => {
    const { clock, poller, events, ledger, source } = await polledAgent(well);
    poller.start();
    await clock.advance(10 * second);
    const [known, seq] = [events.length, ledger.position().seq];
    const before = source().plan.lastGood;
    await clock.advance(10 * minute);
    expect(events).toHaveLength(known);
    expect(ledger.position().seq).toBe(seq);
    expect(Date.parse(source().plan.lastGood ?? '')).toBeGreaterThan(Date.parse(before ?? ''));
    expect(poller.statistics().find(({ source: name }) => name === 'plan')?.lastGood).toBe(
      source().plan.lastGood,
    );
  });

  test('a source that fails says why and keeps its last good data, then recovers', async () => {
    let broken = false;
    const { clock, poller, ledger, source } = await polledAgent((argv) =>
      broken && argv[0] === 'plan' ? { stdout: answers[plan]?.slice(0, 9000) } : well(argv),
    );
    poller.start();
    await clock.advance(10 * second);
    const [known, lastGood] = [ledger.state().plan, source().plan.lastGood];
    broken = true;
    await clock.advance(2 * minute);
    expect(source().plan).toMatchObject({
      state: 'failing',
      lastGood,
      problem: { code: 'answer.truncated' },
    });
    expect(ledger.state().plan).toBe(known);
    broken = false;
    await clock.advance(2 * minute);
    expect(source().plan).toMatchObject({ state: 'good', problem: null, failures: 0 });
  });

  test('status without the cluster’s part keeps what was known of the cluster, and is doubtful', async () => {
    let etcdDown = false;
    const { clock, poller, ledger, source } = await polledAgent((argv) =>
      etcdDown && argv.join(' ') === status
        ? {
            exitCode: 255,
            stdout: '{"cluster":{"application":{},"domain":"","system_status":2,"nodes":null}}',
          }
        : well(argv),
    );
    poller.start();
    await clock.advance(10 * second);
    const known = ledger.state().status;
    etcdDown = true;
    await clock.advance(2 * minute);
    expect(source().status).toMatchObject({ state: 'doubtful', remarks: ['partial'] });
    expect(ledger.state().status).toMatchObject({
      state: known?.state,
      operation: known?.operation,
      systemStatus: 'degraded',
    });
  });
});

describe('with everything broken', () => {
  const ways = [
    {
      name: 'no gravity anywhere',
      answer: { outcome: 'missing' as const, exitCode: null },
      code: 'binary.missing',
    },
    {
      name: 'a gravity that hangs',
      answer: { outcome: 'timed-out' as const, exitCode: null },
      code: 'binary.missing',
    },
    {
      name: 'a gravity that crashes',
      answer: { exitCode: 2, stderr: 'panic: getwd\n' },
      code: 'binary.missing',
    },
  ];
  test.each(ways)('$name: it starts, stays up and says why', async ({ answer, code }) => {
    const { clock, poller, source, ledger } = await polledAgent(() => answer);
    poller.start();
    await clock.advance(10 * minute);
    expect(source().plan).toMatchObject({ state: 'failing', problem: { code } });
    expect(source().health).toMatchObject({ state: 'failing', problem: { code: 'health.unreachable' } });
    expect(ledger.state().binaries[0]?.problem).not.toBeNull();
  });

  test('a gravity that appears later is found and asked', async () => {
    let there = false;
    const { clock, poller, source } = await polledAgent((argv) =>
      there ? well(argv) : { outcome: 'missing', exitCode: null },
    );
    poller.start();
    await clock.advance(minute);
    there = true;
    await clock.advance(30 * second);
    expect(source().plan.state).toBe('good');
  });

  test('certificates that are not there are a state of the source', async () => {
    const health = { url: 'https://127.0.0.1:7575', ca: '/s/root.cert', cert: '/s/c.cert', key: '/s/c.key' };
    const { clock, poller, source } = await polledAgent(well, { options: { health } });
    poller.start();
    await clock.advance(second);
    expect(source().health.problem?.code).toBe('health.certificate-missing');
    expect(source().health.problem?.sentence).toContain('/s/root.cert');
  });
});

describe('health', () => {
  const files = { ...noFiles, readText: async () => 'pem' };
  const health = { url: 'https://127.0.0.1:7575', ca: '/s/root.cert', cert: '/s/c.cert', key: '/s/c.key' };
  const serving = async (bodies: readonly string[]) => {
    let turn = 0;
    const http: Pick<Http, 'request'> = {
      async request({ url }): Promise<HttpAnswer> {
        if (url.endsWith('/history')) return { ok: false, code: 'ECONNREFUSED', message: '', durationMs: 1 };
        const body = recording(`satellite/${bodies[Math.min(turn, bodies.length - 1)]}.body.json`);
        turn += 1;
        return { ok: true, status: 200, headers: {}, body, durationMs: 1 };
      },
    };
    return polledAgent(well, { parts: { http, files }, options: { health } });
  };

  test('nodes in another order are the same nodes', async () => {
    const { clock, poller, events } = await serving(['healthy-3nodes', 'final-healthy', 'recovered']);
    poller.start();
    await clock.advance(3 * minute);
    expect(
      events.filter(({ event }) => event.kind === 'node.changed' || event.kind === 'probe.changed'),
    ).toEqual([]);
  });

  test('an endpoint that has just started takes nothing away', async () => {
    const { clock, poller, ledger, source } = await serving(['healthy-3nodes', 'node3-agent-just-started']);
    poller.start();
    await clock.advance(minute);
    expect(ledger.state().health?.nodes).toHaveLength(3);
    expect(source().health).toMatchObject({ state: 'doubtful', problem: { code: 'health.just-started' } });
  });

  test('a node that vanishes is told by the agent, for the cluster never does', async () => {
    const { clock, poller, ledger, store } = await serving(['healthy-3nodes', 'masters-left-seen-by-node3']);
    poller.start();
    await clock.advance(minute);
    const vanished = ledger.state().history.filter(({ kind }) => kind === 'node.vanished');
    expect(vanished.map(({ node }) => node).toSorted()).toEqual(['127_0_7_1.lab', '127_0_7_2.lab']);
    expect(store.lines.filter((line) => line.includes('"to":"vanished"'))).toHaveLength(2);
  });
});

describe('where the agent stands', () => {
  const ways = [
    {
      name: 'an interface with a server’s address',
      node: null,
      addresses: ['10.0.0.1', '192.168.1.12'],
      place: { node: 'master-2', ip: '192.168.1.12', by: 'interface' },
    },
    {
      name: '--node with a name',
      node: 'master-1',
      addresses: [],
      place: { node: 'master-1', ip: '192.168.1.11', by: 'option' },
    },
    {
      name: '--node with an address',
      node: '192.168.1.13',
      addresses: [],
      place: { node: 'master-3', ip: '192.168.1.13', by: 'option' },
    },
    { name: 'neither', node: null, addresses: ['10.0.0.1'], place: { node: null, ip: null, by: 'unknown' } },
  ];
  test.each(ways)('$name', async ({ node, addresses, place }) => {
    const interfaces = { addresses: () => addresses, hostname: () => 'h' };
    const { clock, poller, ledger } = await polledAgent(well, { parts: { interfaces }, options: { node } });
    poller.start();
    await clock.advance(5 * second);
    expect(ledger.state().place).toEqual(place);
  });
});

describe('which gravity', () => {
  const versions: Record<string, string> = { '/a/gravity': '6.1.0', '/b/gravity': '7.0.30' };
  test('the one the plan names drives, and without it none does', async () => {
    for (const [gravity, drives] of [
      [['/a/gravity', '/b/gravity'], '/b/gravity'],
      [['/a/gravity'], undefined],
    ] as const) {
      const { clock, poller, ledger } = await polledAgent(well, {
        options: { gravity },
        parts: {
          processes: {
            run: async ({ path, argv }) => ({
              outcome: 'exited',
              exitCode: 0,
              signal: null,
              stdout: new TextEncoder().encode(
                argv[0] === 'version' ? `{"version":"${versions[path]}"}` : answers[argv.join(' ')],
              ),
              stderr: new Uint8Array(),
              durationMs: 1,
              cpuMs: 1,
              detail: null,
            }),
          },
        },
      });
      poller.start();
      await clock.advance(5 * second);
      const { binaries, plan: read } = ledger.state();
      expect(read?.operation.gravityVersion).toBe('7.0.30');
      expect(binaries.find((binary) => binary.drives)?.path).toBe(drives);
      expect(binaries.some((binary) => binary.polls)).toBe(true);
    }
  });
});
