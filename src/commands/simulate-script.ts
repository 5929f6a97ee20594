import { runScript } from '../simulator/script/run-script.ts';
import type { Context } from './context.ts';
import { CommandError } from './row.ts';
import { absolute, planInFile, readGiven } from './simulated-plan.ts';

/** `simulate script`: runs a script of the engine recordings' language; its answers as JSON to --json, else printed. */
export async function simulateScript(context: Context, flags: Record<string, unknown>): Promise<number> {
  const { plan: planFile, script: scriptFile, json } = flags;
  if (planFile === undefined || scriptFile === undefined) {
    throw new CommandError(2, 'simulate script needs --plan FILE and --script FILE', 'name both');
  }
  const plan = await planInFile(context, String(planFile));
  const answers = await runScript(plan, await readGiven(context, String(scriptFile)));
  const text = `${JSON.stringify(answers, null, 2)}\n`;
  if (json === undefined) context.streams.out(text);
  else await context.files.write(absolute(String(json), context.places.cwd), text);
  return 0;
}
