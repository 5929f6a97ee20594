/** Lends its terminal to a program that spoils it and is killed, then shows what is left of the terminal. */
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';

const processes = systemProcesses(systemClock());
const ended = await processes.handOver({ path: '/bin/sh', argv: ['-c', 'stty raw -echo; kill -9 $$'] });
process.stdout.write(`ended by ${ended.signal}\n`);
await processes.handOver({ path: '/bin/stty', argv: ['-a'] });
