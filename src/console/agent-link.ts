import type { Client } from './client.ts';

/** The part of the agent's client the console lives on. */
export type AgentLink = Pick<Client, 'judge' | 'start' | 'output' | 'stream' | 'why'>;
