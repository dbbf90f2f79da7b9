import type { Report } from './report';

const MOST_STEPS = 1 << 22;

/**
 * How much was in use after each event.
 *
 * Exact for each event where every allocation has a row and there are at most four million events; else for steps of
 * several events, with the most of the timeline's bins.
 */
export class Usage {
  /** Events that one entry stands for. */
  readonly step: number;
  readonly used: Float64Array;
  readonly exact: boolean;

  constructor(report: Report) {
    const { allocations, meta, timeline } = report;
    let step = 1;
    while (meta.events / step > MOST_STEPS) step *= 2;
    this.step = step;
    this.exact = step === 1 && meta.leftOut === 0;
    this.used = new Float64Array(Math.ceil(meta.events / step));
    if (this.exact) {
      for (let row = 0; row < allocations.count; row++) {
        this.used[allocations.starts[row]] += allocations.sizes[row];
        const end = allocations.ends[row];
        if (end < this.used.length) this.used[end] -= allocations.sizes[row];
      }
      for (let i = 1; i < this.used.length; i++) this.used[i] += this.used[i - 1];
    } else {
      for (let i = 0; i < timeline.count; i++) {
        this.used.fill(timeline.mostUsed[i], Math.floor(timeline.firsts[i] / step), Math.ceil(timeline.firsts[i + 1] / step));
      }
    }
  }

  /** The first event in [from, to] after which most was in use. */
  peakIn(from: number, to: number): number {
    const first = Math.max(0, Math.floor(from / this.step));
    const last = Math.min(this.used.length - 1, Math.floor(to / this.step));
    let best = first;
    for (let i = first + 1; i <= last; i++) if (this.used[i] > this.used[best]) best = i;
    return Math.min(Math.max(best * this.step, from), to);
  }

  at(event: number): number {
    if (this.used.length === 0) return 0;
    const i = Math.floor(event / this.step);
    return i < 0 ? 0 : this.used[Math.min(i, this.used.length - 1)];
  }
}
