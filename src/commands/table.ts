import type { CommandRow } from './row.ts';

/** Every subcommand and how to load it: what is not called is not read from disk. The empty name is the console itself. */
export const commandTable: Record<string, () => Promise<CommandRow>> = {
  '': async () => (await import('./console.ts')).consoleCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  agent: async () => (await import('./agent.ts')).agentCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
  status: async () => (await import('./status.ts')).statusCommand,
  nodes: async () => (await import('./nodes.ts')).nodesCommand,
  plan: async () => (await import('./plan.ts')).planCommand,
  history: async () => (await import('./history.ts')).historyCommand,
  operations: async () => (await import('./operations.ts')).operationsCommand,
  runs: async () => (await import('./runs.ts')).runsCommand,
  journal: async () => (await import('./journal.ts')).journalCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  do: async () => (await import('./do.ts')).doCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  completion: async () => (await import('./completion.ts')).completionCommand,
  keep: async () => (await import('./keep.ts')).keepCommand,
  proxy: async () => (await import('./proxy.ts')).proxyCommand,
};
