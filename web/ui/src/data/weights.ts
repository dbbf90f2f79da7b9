import type { Report } from './report';
import { Cause } from './report';

export const METRICS = ['live', 'peak', 'total', 'temporary'] as const;
export type Metric = (typeof METRICS)[number];

/** A range of events, both ends included. */
export interface EventRange {
  from: number;
  to: number;
}

/** What each call stack weighs in one range, in units. */
export interface Weights {
  range: EventRange;
  peakEvent: number;
  byMetric: Record<Metric, Float64Array>;
  /** How many allocations began in the range. */
  counts: Float64Array;
}

/**
 * Live: alive after the last event of the range. Peak: alive when the heap held most within it. Total: begun in it.
 * Temporary: begun in it and freed within a few events; an end by realloc does not count as freed.
 */
export function weigh(report: Report, range: EventRange, peakEvent: number): Weights {
  const { allocations, stacks, meta } = report;
  const column = (): Float64Array => new Float64Array(stacks.count);
  const live = column();
  const peak = column();
  const total = column();
  const temporary = column();
  const counts = column();
  const { starts, ends, sizes, causes } = allocations;
  for (let row = 0; row < allocations.count; row++) {
    const start = starts[row];
    if (start > range.to) break;
    const end = ends[row];
    const size = sizes[row];
    const stack = allocations.stacks[row];
    if (end > range.to) live[stack] += size;
    if (start <= peakEvent && end > peakEvent) peak[stack] += size;
    if (start >= range.from) {
      total[stack] += size;
      counts[stack]++;
      if (end - start <= meta.temporaryEvents && causes[row] !== Cause.REALLOC) temporary[stack] += size;
    }
  }
  addLeftOut(report, range, total, temporary, counts);
  return { range, peakEvent, byMetric: { live, peak, total, temporary }, counts };
}

/** A slice that lies only partly in the range counts for that part. */
function addLeftOut(
  report: Report,
  range: EventRange,
  total: Float64Array,
  temporary: Float64Array,
  counts: Float64Array,
): void {
  const length = report.meta.leftOutSlice;
  for (const part of report.leftOut) {
    const first = part.slice * length;
    const end = Math.min(first + length, report.meta.events);
    const inside = Math.min(end, range.to + 1) - Math.max(first, range.from);
    if (inside <= 0) continue;
    const share = inside / (end - first);
    total[part.stack] += part.units * share;
    temporary[part.stack] += part.temporary * share;
    counts[part.stack] += part.count * share;
  }
}
