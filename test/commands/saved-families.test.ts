import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordingText } from '../recordings.ts';
import { oneShot } from './one-shot.ts';

/** What happens to a whole output on its way into a ticket and takes nothing from it: the same is read as before. */
const cases = resolve(import.meta.dirname, '../cases');
const outputs: [string, string][] = [
  ['plan', recordingText('plans/failed-3m2w.txt')],
  ['plan', recordingText('plans/failed-3m2w.short')],
  ['plan', recordingText('plans/failed-3m2w.json')],
  ['plan', recordingText('plans/failed-3m2w.yaml')],
  ['status', recordingText('cli/status-text-upgrade-degraded.stdout')],
  ['status', recordingText('cli/status-text-active-degraded-alerts.stdout')],
  ['status', recordingText('cli/status-json-upgrade-degraded.stdout')],
  ['status', readFileSync(`${cases}/01-status-5.5-layout/status.txt`, 'utf8')],
  ['status', readFileSync(`${cases}/04-status-5.4-two-stuck-joins/status.txt`, 'utf8')],
  ['status', readFileSync(`${cases}/05-status-5.2-layout/status.txt`, 'utf8')],
  ['nodes', recordingText('satellite/etcd-down.body.json')],
  ['history', recordingText('cli/status-history.stdout')],
];

const utf8 = (text: string) => new TextEncoder().encode(text);
const isTable = (text: string) => !/^[{o]/.test(text);
const each = (text: string, change: (line: string) => string) => text.replace(/^.+$/gm, change);

const changes: [string, (text: string, command: string) => Uint8Array][] = [
  ['UTF-16 little-endian with a mark', (text) => utf16(`\ufeff${text}`)],
  ['UTF-16 little-endian without one', (text) => utf16(text)],
  ['UTF-16 big-endian with a mark', (text) => utf16(`\ufeff${text}`).swap16()],
  ['UTF-16 big-endian without one', (text) => utf16(text).swap16()],
  ['a UTF-8 mark', (text) => utf8(`\ufeff${text}`)],
  ['CRLF', (text) => utf8(text.replaceAll('\n', '\r\n'))],
  ['CR CR LF, as script writes through PuTTY', (text) => utf8(text.replaceAll('\n', '\r\r\n'))],
  ['no-break spaces', (text) => utf8(isTable(text) ? text.replaceAll(' ', '\u00a0') : text)],
  [
    'every second blank a no-break space',
    (text) => utf8(isTable(text) ? text.replaceAll('  ', ' \u00a0') : text),
  ],
  ['a fence', (text) => utf8(`\`\`\`\n${ended(text)}\`\`\`\n`)],
  [
    'a fence with a language, the last one without newline',
    (text) => utf8(`\`\`\`text\n${ended(text)}\`\`\``),
  ],
  [
    'prompts of a user',
    (text, command) => utf8(`ubuntu@lab-1:~$ sudo gravity ${command}\n${ended(text)}ubuntu@lab-1:~/v2$ `),
  ],
  [
    'prompts of root, and the next command',
    (text, command) =>
      utf8(`[root@lab-1 ~]# gravity ${command}\n${ended(text)}[root@lab-1 ~]# exit\nlogout\n`),
  ],
  ['a prompt of a bare shell', (text, command) => utf8(`$ gravity ${command}\n${ended(text)}$ `)],
  ['a quotation in a mail', (text) => utf8(isTable(text) ? each(ended(text), (line) => `> ${line}`) : text)],
  ['an indented block', (text) => utf8(isTable(text) ? each(ended(text), (line) => `    ${line}`) : text)],
  ['colors', (text) => utf8(isTable(text) ? each(text, (line) => `\u001b[33m${line}\u001b[0m`) : text)],
  [
    'the log line of standard error before it',
    (text) => utf8(`time="2021-03-04T04:31:00Z" level=warning msg="Failed to open log file"\n${text}`),
  ],
  [
    'log lines in JSON before it',
    (text) => utf8(`{"level":"warning","msg":"Couldn't verify upgrade agents"}\n${text}`),
  ],
  ['gravity’s complaint behind it', (text) => utf8(`${ended(text)}\u001b[31m[ERROR]: degraded\n\u001b[0m`)],
  [
    'a frame of watch',
    (text, command) => utf8(`Every 2.0s: gravity ${command}    lab-1: Wed Jul  1\n\n${text}`),
  ],
  [
    'another output before it',
    (text, command) => utf8(`${stranger(command)}\n$ gravity ${command}\n${text}`),
  ],
  ['another output behind it', (text, command) => utf8(`${ended(text)}$ more\n${stranger(command)}`)],
];

describe('a whole output is read whatever a clipboard, a ticket or a shell put around it', () => {
  for (const [index, [command, text]] of outputs.entries()) {
    for (const [what, change] of changes) {
      test(`${command} ${index}: ${what}`, async () => {
        const words = [command, '--file', '-', '-o', 'json'];
        const plain = await oneShot(words, { stdin: text });
        const changed = await oneShot(words, { stdin: change(text, command) });
        expect(changed.out, changed.err).toBe(plain.out);
        expect(changed.code).toBe(plain.code);
        expect(changed.code).toBeOneOf([0, 3]);
      });
    }
  }
});

describe('the last of two outputs is shown, and that there was another one is said', () => {
  const degraded = recordingText('cli/status-text-active-degraded-alerts.stdout');
  const active = recordingText('cli/status-text-upgrade-healthy.stdout');
  const json = recordingText('cli/status-json-upgrade-healthy.stdout');
  const pairs: [string, string, string, number][] = [
    ['two statuses, the newer one degraded', 'status', active + degraded, 3],
    ['two statuses, the newer one well', 'status', degraded + active, 0],
    ['a status in text, then one in JSON', 'status', degraded + json, 0],
    ['a status in JSON, then one in text', 'status', `${json}\n${degraded}`, 3],
    ['nodes of two statuses', 'nodes', active + degraded, 3],
    ['two plans', 'plan', recordingText('plans/fresh-3m2w.txt') + recordingText('plans/failed-3m2w.txt'), 0],
    [
      'two plans in JSON',
      'plan',
      recordingText('plans/fresh-3m.json') + recordingText('plans/failed-3m2w.json'),
      0,
    ],
  ];
  for (const [what, command, stdin, code] of pairs) {
    test(what, async () => {
      const ended = await oneShot([command, '--file', '-', '-o', 'json'], { stdin });
      expect(ended.code, ended.err).toBe(code);
      expect(ended.err).toMatch(/holds 2 outputs .*the last one is shown/);
      if (command === 'plan') expect(JSON.parse(ended.out).counts.failed).toBe(1);
    });
  }
});

describe('a terminal that was too narrow, or a page that lost blanks, is named as the cause', () => {
  const plan = recordingText('plans/failed-3m2w.txt');
  const wrap = (text: string, columns: number) =>
    text.replace(new RegExp(`^.{${columns}}(?=.)`, 'gm'), '$&\n');
  for (const columns of [60, 80, 100, 120, 132]) {
    test(`a plan wrapped at ${columns} columns`, async () => {
      const ended = await oneShot(['plan', '--file', '-'], { stdin: wrap(plan, columns) });
      expect(ended).toMatchObject({ code: 2, out: '' });
      expect(ended.err).toMatch(/wrapped.*gravity plan --output=json/);
    });
  }
  test('a plan cut at the right edge', async () => {
    const ended = await oneShot(['plan', '--file', '-'], { stdin: plan.replace(/^(.{80}).+$/gm, '$1') });
    expect(ended).toMatchObject({ code: 2, err: expect.stringMatching(/right edge/) });
  });
  test('a plan whose runs of blanks became one', async () => {
    const ended = await oneShot(['plan', '--file', '-'], { stdin: plan.replace(/ +/g, ' ') });
    expect(ended).toMatchObject({ code: 2, err: expect.stringMatching(/lost its blanks/) });
  });
  test('a status whose blanks are lost is read: its words tell all', async () => {
    const status = recordingText('cli/status-text-upgrade-degraded.stdout');
    const plain = await oneShot(['status', '--file', '-', '-o', 'json'], { stdin: status });
    const lost = status.replace(/^[ \t]+/gm, '').replace(/[ \t]+/g, ' ');
    expect(await oneShot(['status', '--file', '-', '-o', 'json'], { stdin: lost })).toEqual(plain);
  });
  test('a status in JSON wrapped by a terminal is read', async () => {
    const status = recordingText('cli/status-json-upgrade-degraded.stdout');
    const plain = await oneShot(['status', '--file', '-', '-o', 'json'], { stdin: status });
    expect(
      await oneShot(['status', '--file', '-', '-o', 'json'], { stdin: status.replace(/.{80}/g, '$&\n') }),
    ).toEqual(plain);
  });
});

describe('a status cut off after any of its lines is never a healthy one', () => {
  for (const path of [
    'cli/status-text-upgrade-healthy.stdout',
    'cli/status-text-active-offline-alerts.stdout',
  ]) {
    test(path, async () => {
      const lines = recordingText(path).split('\n');
      const nodes = lines.filter((line) => /^ +\* \S+ \/ /.test(line)).length;
      for (let count = 1; count < lines.length; count += 1) {
        const stdin = `${lines.slice(0, count).join('\n')}\n`;
        const ended = await oneShot(['status', '--file', '-', '-o', 'json'], { stdin });
        if (ended.code === 0) expect(JSON.parse(ended.out).nodes.length, stdin).toBeGreaterThan(0);
        if (count < lines.findIndex((line) => /Cluster nodes:/.test(line))) expect(ended.code, stdin).toBe(2);
      }
      expect(nodes).toBeGreaterThan(0);
    });
  }

  test('a node in an unknown form is refused by its line', async () => {
    const text = recordingText('cli/status-text-upgrade-healthy.stdout').replace(
      /\* (\S+) \/ (\S+) \/ /,
      '* $1 at $2: ',
    );
    const ended = await oneShot(['nodes', '--file', '-'], { stdin: text });
    expect(ended).toMatchObject({
      code: 2,
      err: expect.stringMatching(/node of the status cannot be understood: \* /),
    });
  });
});

describe('layouts of old releases', () => {
  test('a status of 5.0 names nodes without roles below its cluster', async () => {
    const stdin = `Cluster status:\tdegraded
Application:\tshopapp, version 5.0.1
Join token:\tnot-a-token
Last operation:
    operation_expand (0a1b2c3d-1111-4222-8333-444455556666)
    started:\tTue May  1 10:03 UTC (2 hours ago)
    completed:\tTue May  1 10:40 UTC (1 hour ago)
Cluster:\tlab-zero
    * lab-1 (10.20.0.70)
        Status:\thealthy
    * lab-2 (10.20.0.96)
        Status:\tdegraded
        [x]\tdocker is down
`;
    const ended = await oneShot(['status', '--file', '-', '-o', 'json'], { stdin });
    expect(ended.code, ended.err).toBe(3);
    expect(JSON.parse(ended.out)).toMatchObject({
      cluster: 'lab-zero',
      operations: [{ type: 'operation_expand', state: 'completed' }],
      nodes: [
        { name: 'lab-1', ip: '10.20.0.70', state: 'healthy' },
        { name: 'lab-2', state: 'degraded', failed: ['docker is down'] },
      ],
    });
  });

  test('a plan of 5.0 has no column Node', async () => {
    const stdin = `Phase      Description      State         Requires     Updated
-----      -----------      -----         --------     -------
⚠ init     Initialize       Failed        -            Thu Mar  4 04:31 UTC
* app      Update           Unstarted     /init        -
  * shop   Update shop      Unstarted     -            -
`;
    const ended = await oneShot(['plan', '--file', '-', '-o', 'json'], { stdin });
    expect(ended.code, ended.err).toBe(0);
    expect(JSON.parse(ended.out).phases).toMatchObject([
      { id: '/init', state: 'failed' },
      { id: '/app', requires: ['/init'] },
      { id: '/app/shop', state: 'unstarted' },
    ]);
  });

  test('a history of 5.5.38, 6.1.20 or 6.3 says Recovered, prev and new', async () => {
    const stdin = `2020-04-10T21:37:47Z [Leader Elected]   prev=10.0.0.1     new=10.0.0.2
2020-04-10T21:37:48Z [Node Recovered]   node=10_0_0_3.lab
2020-04-10T21:37:49Z [Cluster Recovered]
2020-04-10T21:37:50Z Unknown event      timestamp:<seconds:1 >
`;
    const ended = await oneShot(['history', '--file', '-', '-o', 'json'], { stdin });
    expect(JSON.parse(ended.out).events).toMatchObject([
      { kind: 'leader.elected', from: '10.0.0.1', to: '10.0.0.2' },
      { kind: 'node.healthy', node: '10_0_0_3.lab' },
      { kind: 'cluster.healthy' },
      { kind: 'unknown', text: expect.stringMatching(/seconds:1/) },
    ]);
  });
});

describe('a last line that may be cut off is refused with the way to say that it is whole', () => {
  const lasting: [string, string][] = [
    ['history', '2020-04-10T21:37:47Z [Node Degraded]   node=10_0_0_3.lab'],
    ['status', recordingText('cli/status-text-active-degraded-alerts.stdout').trimEnd()],
    [
      'plan',
      `${readFileSync(`${cases}/39-plan-failed-without-error/plan.txt`, 'utf8')}\n\tno space left on dev`,
    ],
  ];
  for (const [command, text] of lasting) {
    test(command, async () => {
      const refused = await oneShot([command, '--file', '-'], { stdin: text });
      expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/last line.*add a newline/) });
      expect((await oneShot([command, '--file', '-'], { stdin: `${text}\n` })).code).toBeOneOf([0, 3]);
    });
  }
});

describe('what is no text is named', () => {
  const files: [string, Uint8Array, RegExp][] = [
    ['a zip', utf8('PK\u0003\u0004rest'), /compressed.*unzip/],
    ['xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0), /compressed.*tar xJf/],
    ['a screenshot', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10), /picture/],
    ['a tar', tar('node-1/cluster-status'), /tar archive.*cluster-status \(status, nodes\)/],
  ];
  for (const [what, stdin, sentence] of files) {
    test(what, async () => {
      const ended = await oneShot(['status', '--file', '-'], { stdin });
      expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringMatching(sentence) });
    });
  }
});

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** An output of another command. */
function stranger(command: string): string {
  return command === 'history'
    ? recordingText('cli/status-text-upgrade-healthy.stdout')
    : recordingText('cli/status-history.stdout');
}

function tar(name: string): Uint8Array {
  const header = new Uint8Array(1024);
  header.set(utf8(name));
  header.set(utf8('ustar'), 257);
  return header;
}
