/** The first line to show so that `index` is among `height` lines, moving as little as possible from `top`. */
export function scrollTop(list: { count: number; index: number; top: number; height: number }): number {
  const { count, index, top, height } = list;
  const last = Math.max(0, count - height);
  const near = Math.min(Math.max(top, index - height + 1), Math.max(0, index));
  return Math.min(Math.max(0, near), last);
}
