import { recordings, recordingText } from '../recordings.ts';
import type { Answered } from './health-shapes.ts';

/** Every recorded answer of the real endpoint by its name. */
export function recordedAnswers(): { name: string; answered: Answered }[] {
  return recordings('satellite')
    .filter((path) => path.endsWith('.body.json'))
    .map((path) => path.replace(/\.body\.json$/, ''))
    .map((name) => ({ name, answered: recorded(name) }));
}

function recorded(name: string): Answered {
  const [first = '', ...lines] = recordingText(`${name}.headers`).trim().split(/\r?\n/);
  const path = /url=https:\/\/[^/]+(\/\w*)/.exec(recordingText(`${name}.meta`))?.[1] ?? '/';
  const headers = lines.map((line) => /^([^:]+): (.*)$/.exec(line) ?? []);
  return {
    path: path === '/local' || path === '/history' ? path : '/',
    role: /node3|worker/.test(name) && path === '/history' ? 'node' : 'master',
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers.map(([, key = '', value = '']) => [key.toLowerCase(), value])),
    text: recordingText(`${name}.body.json`),
  };
}
