import * as v from 'valibot';

/** Where the agent stands: its own node (null: unknown) and how that was told. */
export const PlaceSchema = v.object({
  node: v.nullable(v.string()),
  ip: v.nullable(v.string()),
  by: v.picklist(['option', 'interface', 'unknown']),
});
export type Place = v.InferOutput<typeof PlaceSchema>;
