import { beforeEach, describe, expect, test } from 'vitest';
import { ann, type Flown, flownCluster } from '../driver/flown-cluster.ts';

const second = 1000;
const step = '/pre-update';

/**
 * An agent with its poller on a simulated cluster, idle for so long that its plan is a minute old; the phases before
 * /pre-update, which usually takes a minute, are completed.
 */
let flown: Flown;
beforeEach(async () => {
  flown = await flownCluster(1);
  for (const phase of ['/init', '/checks']) await elsewhere('plan', 'execute', `--phase=${phase}`);
  await flown.until(({ plan }) => plan?.phases.find(({ id }) => id === '/checks')?.state === 'completed');
  await flown.time.advance(180 * second);
  await untilOld();
});

async function elsewhere(...argv: string[]): Promise<void> {
  let done = false;
  void flown.gravity(...argv).then(() => {
    done = true;
  });
  await flown.time.until(() => done);
}

/** Until the plan was read 50 s ago: the next reading is due in 10 s. */
async function untilOld(): Promise<void> {
  const read = () => flown.state().sources.plan.lastGood;
  const last = read();
  await flown.time.until(() => read() !== last);
  await flown.time.advance(50 * second);
}

const stateOf = (phase: string) => flown.state().plan?.phases.find(({ id }) => id === phase)?.state;

describe('a phase that another shell began 5 s ago', () => {
  beforeEach(async () => {
    void flown.gravity('plan', 'execute', `--phase=${step}`);
    await flown.time.advance(5 * second);
  });

  const destroying: [string, Record<string, unknown>][] = [
    ['phase.force', { phase: step }],
    ['phase.rollback', { phase: step }],
    ['operation.rollback-to', { phase: '/checks' }],
    ['operation.rollback', {}],
    ['operation.complete', {}],
    ['phase.set', { phase: step, state: 'completed' }],
  ];
  test.each(destroying)('refuses %s, although the plan known says nothing of it', async (action, args) => {
    expect(stateOf(step)).toBe('unstarted');
    const { allowed, reason } = await flown.judge(action, args);
    expect(allowed).toBe(false);
    expect(reason).toMatch(/^\/pre-update is in progress \(\ds, usually .*started outside this agent/);
  });

  test('is not stepped, nor is the autopilot armed beside it', async () => {
    for (const action of ['operation.step', 'autopilot.arm'])
      expect(await flown.judge(action)).toMatchObject({
        allowed: false,
        reason: expect.stringMatching(/^\/pre-update is in progress/),
      });
  });

  test('heads the card of what may run beside it', async () => {
    const { allowed, heads } = await flown.judge('phase.execute', { phase: '/etcd/backup/master-3' });
    expect(allowed).toBe(true);
    expect(heads?.[0]).toMatchObject({
      code: 'in-progress',
      message: expect.stringMatching(/^\/pre-update is in progress/),
    });
  });
});

describe('what another shell does while a card is open', () => {
  test('is read before the first step: what was judged is something else then', async () => {
    const card = await flown.judge('operation.rollback');
    expect(card.allowed).toBe(true);
    void flown.gravity('plan', 'execute', `--phase=${step}`);
    await flown.time.advance(5 * second);
    expect(await flown.again(card)).toMatchObject({ allowed: false });
  });

  test('counts too where the same command would be run: the phase failed meanwhile', async () => {
    const card = await flown.judge('operation.step');
    await flown.say('fail', step, 'the hook failed');
    await elsewhere('plan', 'execute', `--phase=${step}`);
    await flown.time.advance(5 * second);
    const { allowed, steps, digest } = await flown.again(card);
    expect({ allowed, steps }).toEqual({ allowed: true, steps: card.steps });
    expect(digest).not.toBe(card.digest);
  });

  test('is read once for two who ask within 2 s', async () => {
    const read = () => flown.state().sources.plan.lastGood;
    const card = await flown.judge('operation.step');
    const first = read();
    await flown.time.advance(second);
    expect((await flown.again(card)).digest).toBe(card.digest);
    expect(read()).toBe(first);
    await flown.time.advance(2 * second);
    expect((await flown.again(card)).digest).toBe(card.digest);
    expect(read()).not.toBe(first);
  });
});

describe('a plan that gravity does not give', () => {
  beforeEach(() => flown.say('lock', '600'));

  test('is said first, with its age and why; what destroys is refused, an interrupt is not held up', async () => {
    const complete = await flown.judge('operation.complete');
    expect(complete.allowed).toBe(false);
    expect(complete.reason).toMatch(/^the plan is \S+ old and could not be read now: /);
    const stepping = await flown.judge('operation.step');
    expect(stepping.allowed).toBe(true);
    expect(stepping.heads?.[0]).toMatchObject({
      code: 'plan-old',
      message: expect.stringMatching(/^the plan is \S+ old and could not be read now: /),
    });
    const before = flown.time.monotonic();
    await flown.do(ann, 'wheel.take');
    expect(await flown.judge('run.interrupt')).toMatchObject({
      allowed: false,
      reason: 'nothing is running',
    });
    expect(flown.time.monotonic() - before).toBeLessThan(second);
  });
});
