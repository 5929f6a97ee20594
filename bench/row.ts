/** One figure: what was measured, beside whom, and whether the target it was given is met (null: it has none). */
export type Row = {
  name: string;
  what: string;
  value: number;
  unit: string;
  against: string | null;
  ratio: number | null;
  target: string | null;
  met: boolean | null;
};
