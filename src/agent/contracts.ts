import type { Cancel, Processes } from '../ports.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import type { JournalPage } from '../protocol/journal.ts';
import type { PolledSource, SourceName } from '../protocol/source.ts';
import type { Position, Snapshot } from '../protocol/stream.ts';

export type NumberedEvent = { seq: number; event: Event };

/** The agent's memory: folds, numbers, journals and publishes events. Written only through `record`. */
export type Ledger = {
  state(): Cluster;
  position(): Position;
  snapshot(): Snapshot;
  /** Folds the events in order; each gets the next seq, reaches the subscribers, and the journal where its row says so. */
  record(...events: Event[]): void;
  /**
   * A source answered well again with nothing new: no event and no seq, but snapshots and beats tell the newer time.
   */
  refresh(source: SourceName, at: string): void;
  subscribe(take: (numbered: NumberedEvent) => void): Cancel;
  /** The events after `position`, or null when they are no longer (or not) in the ring: then send a snapshot. */
  since(position: Position): NumberedEvent[] | null;
  journalPage(since: number, limit: number): Promise<JournalPage>;
  /** Entries folded but not yet on disk. */
  journalLag(): number;
  close(): Promise<void>;
};

export type SourceStatistics = {
  source: string;
  lastGood: string | null;
  p95: number | null;
  failures: number;
  readings: number;
};

/** Reads the sources within design 4's budget and records what changed. */
export type Poller = {
  start(): void;
  /** Takes 2 s at most, and leaves no reading under way. */
  stop(): Promise<void>;
  /** Runs a program that only reads, and that ends with the poller. */
  run: Processes['run'];
  /** A run began or ended: moving, and after the end everything a run may change is read at once. */
  runBegan(): void;
  runEnded(): void;
  /**
   * The next reading of the plan that begins from now on: true when it was read well, and folded. It asks for none, and
   * never comes when the poller stops before.
   */
  planRead(): Promise<boolean>;
  /** Looks at once which gravity is at work on this machine. */
  lookForGravity(): Promise<void>;
  /** Has a source read now, waiting no longer than `ms`: null when it was, else why not. */
  readNow(source: PolledSource, ms: number): Promise<string | null>;
  /** Runs `work` while no poll of gravity runs: a read-lane run waits for the poll before it. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  statistics(): SourceStatistics[];
  childCpuMs(): number;
};
