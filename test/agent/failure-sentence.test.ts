import { describe, expect, it } from 'vitest';
import { failureSentence } from '../../src/agent/failure-sentence.ts';
import { recordings, recordingText } from '../recordings.ts';

const told: { title: string; printed: string; sentence: string }[] = [
  {
    title: 'a cause below the error',
    printed: recordingText('story/13-resume-block-fails-later.stderr'),
    sentence: 'failed to execute phase "/masters": pods could not be evicted',
  },
  {
    title: 'a cause on another node, by the phase run there',
    printed: recordingText('story/10-resume-block-fails.stderr'),
    sentence:
      'failed to execute phase "/bootstrap": /bootstrap/worker-1: failed to pull package gravitational.io/planet:7.0.56-11709',
  },
  {
    title: 'a cause on another node of a single phase',
    printed: recordingText('story/06-exec-bootstrap-fails-remote.stderr'),
    sentence: '/bootstrap/worker-1: failed to pull package gravitational.io/planet:7.0.56-11709',
  },
  {
    title: 'a cause that repeats the error once',
    printed: recordingText('story/a2-gc-exec.stderr'),
    sentence:
      'Get "https://gravity-site.kube-system.svc.cluster.local:3009/portal/v1/localsite": failed to resolve gravity-site.kube-system.svc.cluster.local:3009',
  },
  {
    title: 'an error of two lines as one',
    printed: recordingText('story/12-resume-noblock.stderr'),
    sentence:
      "failed to start service gravity-agent.service: System has not been booted with systemd as init system (PID 1). Can't operate. Failed to connect to bus: Host is down",
  },
  {
    title: 'a document’s message',
    printed: recordingText('story/78-tail-until-failure.stderr'),
    sentence: 'hook failed: job shop-pre-update has failed',
  },
  {
    title: 'a panic by its own line, not its stack',
    printed: 'Executing\npanic: nil map\n\ngoroutine 1 [running]:\nmain.main()\n',
    sentence: 'panic: nil map',
  },
  {
    title: 'the last line where there is no error',
    printed: 'Executing "/init" locally\nKilled\n\n',
    sentence: 'Killed',
  },
];

describe('why a run failed', () => {
  it.each(told)('tells $title', ({ printed, sentence }) => {
    expect(failureSentence(printed)).toBe(sentence);
  });

  it('names every phase that must be rolled back first', () => {
    const sentence = failureSentence(recordingText('story/15-rollback-drain-dependents.stderr'));
    for (const phase of ['/masters/master-1/system-upgrade', '/masters/master-1/taint', '/masters/master-2'])
      expect(sentence).toContain(phase);
  });

  it('keeps the first and the innermost of a long row of causes', () => {
    const causes = Array.from({ length: 30 }, (_, index) => `\tcause number ${index} of very many\n`);
    const sentence = failureSentence(`[ERROR]: outermost\n${causes.join('')}`);
    expect(sentence).toMatch(/^outermost … cause number 29 of very many$/);
  });

  const failures = [...recordings('story'), ...recordings('cli')].filter(
    (path) => path.endsWith('.stderr') && recordingText(path).trim() !== '',
  );
  it.each(failures)('is one clean line that ends with the innermost text: %s', (path) => {
    const sentence = failureSentence(recordingText(path));
    expect(sentence.length).toBeGreaterThan(0);
    expect(sentence.length).toBeLessThanOrEqual(400);
    expect(sentence).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    const innermost = recordingText(path)
      .replace(/\u001b\[\d*m/g, '')
      .split(/\n|\[ERROR\]:/)
      .map((line) => line.trim())
      .findLast((line) => line !== '' && !/^(exit status \d+|You can pass --.*|\{.*\})$/.test(line));
    if (innermost !== undefined) expect(sentence).toContain(innermost.replace(/\s+/g, ' ').slice(-100));
  });
});
