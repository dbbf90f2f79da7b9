import type { IntervalIndex } from '../data/intervals';
import type { Names } from '../data/names';
import type { Report } from '../data/report';
import type { HiddenFrames, Places } from '../data/tree';
import type { Usage } from '../data/usage';
import type { EventRange } from '../data/weights';
import type { Units } from '../text/units';
import type { Theme } from './theme';
import type { Tooltip } from './tooltip';
import type { Viewport } from './viewport';

/** Width of the labels left of the map and of the strip, so that both share one time axis. */
export const GUTTER = 68;

/** What every view is given. */
export interface Context {
  report: Report;
  names: Names;
  units: Units;
  places: Places;
  hidden: HiddenFrames;
  index: IntervalIndex;
  usage: Usage;
  viewport: Viewport;
  theme: Theme;
  tooltip: Tooltip;
  selection: Selection;
}

/** What the reader chose: a range of events, an allocation, call stacks to point out. Tells listeners of changes. */
export class Selection {
  range: EventRange;
  pinned: number | undefined;
  /** For each stack whether it is pointed out; absent where none is. */
  spotlight: Uint8Array | undefined;
  private readonly rangeListeners: (() => void)[] = [];
  private readonly pinListeners: (() => void)[] = [];
  private readonly spotlightListeners: (() => void)[] = [];

  constructor(private readonly events: number) {
    this.range = this.everything;
  }

  private get everything(): EventRange {
    return { from: 0, to: Math.max(0, this.events - 1) };
  }

  get isEverything(): boolean {
    return this.range.from === 0 && this.range.to === this.everything.to;
  }

  setRange(from: number, to: number): void {
    const last = this.everything.to;
    const first = Math.round(Math.min(Math.max(Math.min(from, to), 0), last));
    this.range = { from: first, to: Math.round(Math.min(Math.max(from, to, first), last)) };
    for (const listener of this.rangeListeners) listener();
  }

  clearRange(): void {
    this.setRange(0, this.everything.to);
  }

  pin(row: number | undefined): void {
    this.pinned = row;
    for (const listener of this.pinListeners) listener();
  }

  light(stacks: Uint8Array | undefined): void {
    this.spotlight = stacks;
    for (const listener of this.spotlightListeners) listener();
  }

  onRange(listener: () => void): void {
    this.rangeListeners.push(listener);
  }

  onPin(listener: () => void): void {
    this.pinListeners.push(listener);
  }

  onSpotlight(listener: () => void): void {
    this.spotlightListeners.push(listener);
  }
}
