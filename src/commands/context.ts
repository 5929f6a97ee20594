import type {
  Certificates,
  Clock,
  Command,
  Env,
  Files,
  Http,
  Interfaces,
  Log,
  Processes,
  Random,
  Server,
  Store,
  Streams,
  Terminal,
  Units,
} from '../ports.ts';

/** Everything real a command may use, made once in main.ts and handed in. */
export type Context = {
  version: string;
  clock: Clock;
  random: Random;
  env: Env;
  processes: Processes;
  http: Http;
  server: Server;
  files: Files;
  units: Units;
  interfaces: Interfaces;
  certificates: Certificates;
  streams: Streams;
  terminal: Terminal;
  openStore(path: string): Promise<Store>;
  openLog(path: string | null): Log;
  /** The command that starts this very program with other arguments: an absolute node and our bundle. */
  ourselves(argv: readonly string[]): Command;
  /** Where temporary and per-user run-time things live, absolute. */
  places: { temporary: string; home: string; cwd: string };
  /** The folder of what this program comes with besides its code, absolute. */
  assets: string;
};
