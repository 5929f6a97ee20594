/** The rig's agent as a process of its own, to be killed: `node agent-program.ts DIR`. */
import { rigAt } from './agent-rig.ts';

await rigAt(process.argv[2] ?? '').start();
process.stdout.write('ready\n');
