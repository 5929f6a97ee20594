import type { IMAGE_FAULTS } from './image-faults.ts';

/**
 * What is so around the nodes of a cluster and changes what the commands of `gravity` say. Each word is one thing that
 * was missing, or there, on the machine a recording was made on (recordings/README.md, story/ARRANGED.tsv).
 */
export type Situation = {
  /** The machine belongs to no cluster: no secrets, no local state. */
  bare: boolean;
  /** The last operation is the installation: nothing is to be updated. */
  idle: boolean;
  /** The commands are given by somebody who is not root. */
  notRoot: boolean;
  /** gravity-site can be reached, as long as etcd answers. */
  site: boolean;
  /** Planet runs here: its DNS, its kubectl, its registry. */
  planet: boolean;
  /** systemd starts units. */
  systemd: boolean;
  /** The update agents hear it when they are asked to leave. */
  agentsLeave: boolean;
  /** The health agents answer. */
  healthAnswers: boolean;
  /** What is wrong with the image an upgrade would be started with, as its refusal is named; null: there is no newer one. */
  image: keyof typeof IMAGE_FAULTS | null;
  /** As many nodes join as may at once. */
  joinsFull: boolean;
};

/** A master of a cluster that runs an operation, with everything in its place. */
export function ordinarySituation(): Situation {
  return {
    bare: false,
    idle: false,
    notRoot: false,
    site: true,
    planet: true,
    systemd: true,
    agentsLeave: true,
    healthAnswers: true,
    image: null,
    joinsFull: false,
  };
}
