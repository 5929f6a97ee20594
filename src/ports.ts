/**
 * The outside world as types. `adapters/system` makes them real, `main.ts` hands them out, tests make small ones.
 * No room but adapters/system and main.ts touches time, processes, network, files or the environment.
 * Names of `gravity` or of our own protocol do not appear here: these are ports, not models.
 */

export type Cancel = () => void;

/** Wall time for what is shown and recorded, monotonic time for what is measured. All in milliseconds. */
export type Clock = {
  now(): number;
  monotonic(): number;
  /** Runs once after `ms`; the returned function cancels. A real timer of this kind never keeps the process alive alone. */
  after(ms: number, run: () => void): Cancel;
  /** Resolves after `ms`, and keeps the process alive until then. */
  wait(ms: number): Promise<void>;
};

export type Random = {
  /** A number in [0, 1). */
  next(): number;
  uuid(): string;
};

export type Env = {
  get(name: string): string | undefined;
  all(): Record<string, string | undefined>;
};

/** A program with an exact argument list; nothing ever goes through a shell. `cwd` must exist. */
export type Command = {
  path: string;
  argv: readonly string[];
  cwd?: string;
  env?: Record<string, string | undefined>;
  /** In a session of its own, so that what the terminal does to our process group, ctrl-z and ctrl-c, does not reach it. */
  ownGroup?: boolean;
};

/** How a program ended. `cpuMs` is what it and its waited-for children used, null where it cannot be told. */
export type Finished = {
  outcome: 'exited' | 'signalled' | 'timed-out' | 'overflowed' | 'missing' | 'not-executable' | 'failed';
  exitCode: number | null;
  signal: string | null;
  stdout: Uint8Array;
  stderr: Uint8Array;
  durationMs: number;
  cpuMs: number | null;
  /** The operating system's words where it could not be started. */
  detail: string | null;
};

export type Started = {
  pid: number;
  onStdout(take: (chunk: Uint8Array) => void): void;
  onStderr(take: (chunk: Uint8Array) => void): void;
  writeStdin(text: string | Uint8Array): void;
  endStdin(): void;
  kill(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL' | 'SIGHUP'): void;
  exited: Promise<{
    exitCode: number | null;
    signal: string | null;
    outcome: Finished['outcome'];
    detail: string | null;
  }>;
};

export type Processes = {
  /**
   * Runs to the end and collects both streams, at most `maxBytes` together; past `timeoutMs`, or when `stop` says so, it
   * is killed with its children.
   */
  run(
    command: Command,
    limits: { timeoutMs: number; maxBytes: number; stop?: AbortSignal },
  ): Promise<Finished>;
  /** Starts with pipes and hands over control. */
  start(command: Command): Started;
  /** Starts in a session of its own with its output in a file (appended); it outlives us. */
  startDetached(
    command: Command,
    output: { stdout: string; stderr: string },
  ): Promise<{ pid: number } | { failed: string }>;
  /** Hands our terminal over and waits. */
  handOver(command: Command): Promise<{ exitCode: number | null; signal: string | null }>;
  /** A token that names one life of a pid (its start time), null when no such process runs. */
  birth(pid: number): string | null;
  signal(
    pid: number,
    signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL' | 'SIGHUP' | 'SIGCONT' | 'SIGSTOP',
    group?: boolean,
  ): boolean;
  /** CPU of this process and of its waited-for children so far, in ms. */
  usage(): { selfMs: number; childrenMs: number };
  self: { pid: number; execPath: string; uid: number; argv: readonly string[] };
};

export type HttpAnswer =
  | { ok: true; status: number; headers: Record<string, string>; body: Uint8Array; durationMs: number }
  | { ok: false; code: string; message: string; durationMs: number };

export type HttpRequest = {
  /** https://… or http://…; with `socket` the path part alone counts. */
  url: string;
  socket?: string;
  method?: 'GET' | 'POST';
  body?: string;
  timeoutMs: number;
  maxBytes: number;
  /** PEM texts. With `ca` the server is verified against it alone. */
  tls?: { ca?: string; cert?: string; key?: string };
};

export type SocketHandlers = {
  onMessage(text: string): void;
  onClose(reason: { code: number; message: string }): void;
  onOpen?(): void;
};

export type Http = {
  /** One request; a status of any kind is an answer, only transport trouble is not ok. `code` is Node's error code or `timeout`, `too-large`. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** A WebSocket over a Unix socket. */
  connect(
    target: { socket: string; path: string },
    handlers: SocketHandlers,
  ): { send(text: string): void; close(): void };
  /** A raw connection to a Unix socket; `code` is Node's error code (ENOENT, ECONNREFUSED, EACCES …). */
  dial(socket: string): Promise<StreamPeer | { failed: string; code: string }>;
  /** The same requests and WebSockets over connections that `open` makes, whatever socket is asked for. */
  over(open: () => StreamPeer): Pick<Http, 'request' | 'connect'>;
};

export type ServedRequest = {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
  /** Which of the listening addresses it came through, as named at `listen`. */
  door: string;
};

export type ServedAnswer = { status: number; headers?: Record<string, string>; body: string | Uint8Array };

/** A WebSocket connection as the server sees it. `buffered` is how many bytes wait to be sent. */
export type Peer = {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  buffered(): number;
  onMessage(take: (text: string) => void): void;
  onClose(run: () => void): void;
};

export type Handlers = {
  handle(request: ServedRequest): Promise<ServedAnswer> | ServedAnswer;
  upgrade?(request: ServedRequest, peer: Peer): void;
  /** The answer to a body past `maxBody`; without it a plain 413. */
  tooLarge?(request: ServedRequest): ServedAnswer;
};

export type Listening = { address: string; close(): Promise<void> };

/** A TLS door that can get new certificates while it is open, and stop answering whoever knocks without closing. */
export type TlsListening = Listening & {
  port: number;
  /** From now on shows this certificate and takes clients of this authority alone. */
  renew(tls: { ca: string; cert: string; key: string }): void;
  /** Held, it takes connections and says nothing, not even the first word of TLS, until it is let go. */
  hold(held: boolean): void;
};

export type Server = {
  /** Listens on a Unix socket; a stale socket file is removed, a live one is an error. `maxBody` bytes, else 413. */
  listenUnix(
    at: { path: string; mode: number; group?: string; door: string; maxBody: number },
    handlers: Handlers,
  ): Promise<Listening>;
  /**
   * Listens with TLS 1.2 or 1.3 for HTTP/1.1 and HTTP/2 on a loopback address; `clients: 'required'` demands a certificate
   * signed by `ca`. Who speaks no TLS is told so with 400.
   */
  listenTls(
    at: {
      host: string;
      port: number;
      door: string;
      tls: { ca: string; cert: string; key: string; clients: 'required' | 'none' };
    },
    handlers: Handlers,
  ): Promise<TlsListening>;
  /** A raw stream listener on a Unix socket: the simulator's door. */
  listenStream(path: string, onConnection: (peer: StreamPeer) => void): Promise<Listening>;
};

export type StreamPeer = {
  write(bytes: Uint8Array | string): void;
  end(): void;
  onData(take: (chunk: Uint8Array) => void): void;
  onClose(run: () => void): void;
  /** Between these two nothing comes from the other side, and nothing is kept in memory for it beyond a chunk. */
  pause(): void;
  resume(): void;
};

export type FileStat = {
  size: number;
  mtimeMs: number;
  mode: number;
  uid: number;
  kind: 'file' | 'directory' | 'socket' | 'other';
};

/** Files. Nothing throws for what is simply not there: null says so. Everything else throws the system's error. */
export type Files = {
  read(path: string): Promise<Uint8Array | null>;
  readText(path: string): Promise<string | null>;
  /** At most `length` bytes from `offset`. */
  readFrom(path: string, offset: number, length: number): Promise<Uint8Array | null>;
  /** Whole or not at all: written beside and renamed. */
  write(path: string, content: string | Uint8Array, options?: { mode?: number }): Promise<void>;
  append(path: string, content: string | Uint8Array): Promise<void>;
  list(path: string): Promise<string[]>;
  stat(path: string): Promise<FileStat | null>;
  /** With its parents; one that is there already keeps its mode and group. */
  makeDirectory(path: string, options?: { mode?: number; group?: string }): Promise<void>;
  remove(path: string): Promise<void>;
  /** Removes a folder in one step when nothing is in it; one that holds anything, or is not there, is left as it is. */
  removeEmpty(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  realpath(path: string): Promise<string | null>;
  isExecutable(path: string): Promise<boolean>;
  /** Takes an exclusive lock that ends with the process; null when somebody else holds it. */
  lock(path: string): Promise<Cancel | null>;
  /** Free and total bytes of the file system that holds `path`. */
  space(path: string): Promise<{ free: number; total: number } | null>;
  /** Calls back when the file at `path` changed or appeared; best effort, may call for nothing. */
  watch(path: string, changed: () => void): Cancel;
};

/** An append-only record of JSON lines, never losing an entry it has acknowledged until it is trimmed. */
export type Store = {
  append(line: string): Promise<void>;
  /** Calls back with every whole line in order; a torn last line is reported, not returned. */
  readAll(take: (line: string) => void): Promise<{ lines: number; torn: boolean }>;
  /** Bytes on disk. */
  size(): Promise<number>;
  /** Drops oldest lines, many at once, until about `mostBytes` are left; the newest one dropped, null when none was. */
  trim(mostBytes: number): Promise<string | null>;
  close(): Promise<void>;
};

/** systemd as far as it is there. */
export type Units = {
  available(): Promise<boolean>;
  /** Runs a command in a transient unit of its own. */
  start(unit: string, command: Command): Promise<{ ok: true } | { ok: false; message: string }>;
  state(
    unit: string,
  ): Promise<{ active: string; result: string; exitCode: number | null; mainPid: number | null } | null>;
};

export type Interfaces = {
  /** The addresses of this machine's interfaces, loopback left out. */
  addresses(): readonly string[];
  hostname(): string;
};

export type KeyEvent = { text: string };

/** The terminal the console draws on. */
export type Terminal = {
  isTty: boolean;
  size(): { columns: number; rows: number };
  onResize(run: () => void): Cancel;
  /** Raw input, one chunk as it arrived: raw mode is on from this call until it is cancelled, or the process ends in any way. */
  onInput(take: (chunk: string) => void): Cancel;
  write(text: string): void;
  /** Writes `on` now, and `off` when it is cancelled, or when the process ends in any way it can notice. */
  borrow(modes: { on: string; off: string }): Cancel;
  /** Stops this process and its whole group, as ctrl-z does to any program; comes back when the shell continues them. */
  suspend(): void;
  /** The stream `write` goes to, for the library that draws. */
  output: NodeJS.WriteStream;
  onSignal(signal: 'SIGTERM' | 'SIGHUP' | 'SIGINT' | 'SIGCONT', run: () => void): Cancel;
  /** An error nobody caught, a promise's too: whoever has the screen gives it back before anything is said. */
  onFailure(run: (error: unknown) => void): Cancel;
};

export type Certificate = { cert: string; key: string };

/** X.509 certificates for a cluster that is not there. PEM texts. */
export type Certificates = {
  /** From when to when (epoch ms) a certificate in PEM is valid; null when it is none. */
  validity(cert: string): { from: number; to: number } | null;
  authority(subject: { commonName: string; years: number }): Promise<Certificate>;
  issue(
    authority: Certificate,
    subject: {
      commonName: string;
      addresses: string[];
      names: string[];
      years: number;
      use: 'server' | 'client' | 'both';
    },
  ): Promise<Certificate>;
};

export type Log = {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
};

/** Where one-shot commands write. */
export type Streams = {
  out(text: string): void;
  err(text: string): void;
  /** Resolves when the readers have taken everything written so far, or have closed their end. */
  flush(): Promise<void>;
  /** Calls once when a write found that the reader of the output has closed its end. */
  onReaderGone(run: () => void): Cancel;
  outIsTty: boolean;
  columns: number;
  stdin(): Promise<Uint8Array>;
  inIsTty: boolean;
  /** Standard input and output as one connection, closed at the end of the input, or when nobody reads the output. */
  joined(): StreamPeer;
};
