/**
 * What is believed before anything was seen, in natural logarithms of a factor where nothing else is said. None of it
 * comes from a measurement of Gravity: the defaults of the kinds are estimates (operations.md), so a kind's true figure
 * on a cluster may well be several times off; the rest is how programs on machines behave.
 */
export const priors = {
  /** How much faster or slower all of a cluster is than the defaults say: its machines, its network. */
  cluster: 0.3,
  /** A kind's factor on its default: two of three kinds within 2.7 times of it, either way. */
  kind: 1,
  /** What an earlier operation of this cluster took says of this one: another version, other images, as many pods. */
  earlier: 0.35,
  /** How far apart one kind may be on masters and on nodes, or in two hops of one plan. */
  cell: 0.2,
  /** How much faster or slower one node is than the others, in everything. */
  node: 0.2,
  /** One leaf beside its own median, until the leaves seen say better; counts as so many leaves seen. */
  leaf: { spread: 0.2, weight: 8 },
  /**
   * Now and then a leaf is stuck for a while: one of a hundred, until this operation says better (counts as so many
   * leaves seen). It takes at least twice as long, and the longer it took the longer it is likely to take.
   */
  stuck: { rate: 0.01, weight: 50, least: 2, tail: 1.25 },
  /** A beginning and an end are each seen at a reading up to some seconds late; ms. */
  blur: 1000,
  /** What a leaf took at most says of what it took, where nobody watched: somebody may have waited before it. */
  unwatched: 0.3,
} as const;
