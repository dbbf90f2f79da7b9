const FAN_OUT = 32;

/**
 * Finds the intervals that touch a range, in time proportional to how many there are.
 *
 * Rows are sorted by start; above them lie levels that hold the latest end of 32 entries below, so that whole groups that
 * ended early are passed over.
 */
export class IntervalIndex {
  private readonly levels: Float64Array[] = [];

  constructor(
    private readonly starts: Float64Array,
    private readonly ends: Float64Array,
  ) {
    let below = ends;
    while (below.length > 1) {
      const level = new Float64Array(Math.ceil(below.length / FAN_OUT)).fill(-Infinity);
      for (let i = 0; i < below.length; i++) {
        const group = (i / FAN_OUT) | 0;
        if (below[i] > level[group]) level[group] = below[i];
      }
      this.levels.push(level);
      below = level;
    }
  }

  /** Calls `visit` with each row that starts before `to` and ends after `from`, in order of their starts. */
  visit(from: number, to: number, visit: (row: number) => void): void {
    const last = lowerBound(this.starts, to);
    if (last === 0) return;
    this.descend(this.levels.length - 1, 0, from, last, visit);
  }

  private descend(level: number, group: number, from: number, last: number, visit: (row: number) => void): void {
    if (level < 0) {
      if (group < last && this.ends[group] > from) visit(group);
      return;
    }
    if (this.levels[level][group] <= from) return;
    const first = group * FAN_OUT;
    if (level === 0) {
      const end = Math.min(first + FAN_OUT, last);
      for (let row = first; row < end; row++) if (this.ends[row] > from) visit(row);
      return;
    }
    const width = FAN_OUT ** level;
    const below = this.levels[level - 1];
    const end = Math.min(first + FAN_OUT, below.length);
    for (let child = first; child < end && child * width < last; child++) {
      if (below[child] > from) this.descend(level - 1, child, from, last, visit);
    }
  }
}

/** How many entries of a sorted column are below `value`. */
export function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
