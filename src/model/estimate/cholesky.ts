/** A symmetric matrix of `size` rows, row after row; of its factor the lower half counts. */
export type Matrix = { size: number; cells: Float64Array };

export function emptyMatrix(size: number): Matrix {
  return { size, cells: new Float64Array(size * size) };
}

/** The lower triangle L of a positive definite A = L·Lᵀ. Pure arithmetic: a matrix that is none gives NaN. */
export function cholesky({ size, cells }: Matrix): Matrix {
  const lower = emptyMatrix(size);
  const at = lower.cells;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = cells[row * size + column] ?? 0;
      for (let k = 0; k < column; k += 1) sum -= (at[row * size + k] ?? 0) * (at[column * size + k] ?? 0);
      at[row * size + column] = row === column ? Math.sqrt(sum) : sum / (at[column * size + column] ?? 1);
    }
  }
  return lower;
}

/** The x with L·Lᵀ·x = b. */
export function solve(lower: Matrix, b: Float64Array): Float64Array {
  const { size, cells } = lower;
  const x = Float64Array.from(b);
  for (let row = 0; row < size; row += 1) {
    let sum = x[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= (cells[row * size + k] ?? 0) * (x[k] ?? 0);
    x[row] = sum / (cells[row * size + row] ?? 1);
  }
  solveTransposed(lower, x);
  return x;
}

/** Makes of b, in place, the x with Lᵀ·x = b: of independent standard normals draws with the covariance (L·Lᵀ)⁻¹. */
export function solveTransposed({ size, cells }: Matrix, x: Float64Array): void {
  for (let row = size - 1; row >= 0; row -= 1) {
    const value = (x[row] ?? 0) / (cells[row * size + row] ?? 1);
    x[row] = value;
    if (value === 0) continue;
    for (let k = 0; k < row; k += 1) x[k] = (x[k] ?? 0) - (cells[row * size + k] ?? 0) * value;
  }
}
