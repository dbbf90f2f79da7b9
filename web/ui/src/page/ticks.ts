/** Round numbers in [from, to], about `wanted` of them, in steps of 1, 2 or 5 times a power of ten. */
export function ticks(from: number, to: number, wanted: number): number[] {
  const span = to - from;
  if (!(span > 0) || wanted < 1) return [];
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, power * ([1, 2, 5, 10].find((m) => m * power >= rough) ?? 10));
  const result: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) result.push(tick);
  return result;
}

/** The same in steps that are powers of two: what addresses and blocks are counted in. */
export function binaryTicks(from: number, to: number, wanted: number): number[] {
  const span = to - from;
  if (!(span > 0) || wanted < 1) return [];
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(span / wanted)));
  const result: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) result.push(tick);
  return result;
}
