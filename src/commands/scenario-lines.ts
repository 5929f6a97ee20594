import { DEFAULT_SCENARIO, SCENARIOS } from '../simulator/scenarios.ts';
import { twoColumns } from './help-text.ts';

/** The scenarios of a simulated cluster, a line each, for `--help`. */
export function scenarioLines(columns: number): string[] {
  const rows = Object.entries(SCENARIOS).map(([name, { describe }]): [string, string] => [name, describe]);
  return [
    `Scenarios (without --scenario: ${DEFAULT_SCENARIO}; with --plan: quiet):`,
    ...twoColumns(rows, columns),
  ];
}
