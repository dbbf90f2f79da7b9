/** What the map and the strip show: a range of events and a range of heap positions. Tells listeners when it changes. */
export class Viewport {
  from = 0;
  to: number;
  low = 0;
  high: number;
  private readonly listeners: (() => void)[] = [];

  /**
   * @param events how many events there are
   * @param length how many units the heap has
   */
  constructor(
    readonly events: number,
    readonly length: number,
  ) {
    this.to = events;
    this.high = length;
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  get span(): number {
    return this.to - this.from;
  }

  get height(): number {
    return this.high - this.low;
  }

  /** Moves by parts of what is visible; positive is later and higher. */
  pan(right: number, up: number): void {
    this.show(
      this.from + right * this.span,
      this.to + right * this.span,
      this.low + up * this.height,
      this.high + up * this.height,
    );
  }

  /** Shows `1 / factor` of the time around `anchor`, an event. */
  zoomTime(factor: number, anchor: number): void {
    const span = clamp(this.span / factor, Math.min(8, this.events), this.events);
    const part = (anchor - this.from) / this.span;
    const from = anchor - part * span;
    this.show(from, from + span, this.low, this.high);
  }

  /** Shows `1 / factor` of the heap around `anchor`, a position. */
  zoomHeap(factor: number, anchor: number): void {
    const height = clamp(this.height / factor, Math.min(4, this.length), this.length);
    const part = (anchor - this.low) / this.height;
    const low = anchor - part * height;
    this.show(this.from, this.to, low, low + height);
  }

  fit(): void {
    this.show(0, this.events, 0, this.length);
  }

  /** Shows a place, moved as little as needed to lie within the recording. */
  show(from: number, to: number, low: number, high: number): void {
    const span = clamp(to - from, Math.min(8, this.events), this.events);
    const height = clamp(high - low, Math.min(4, this.length), this.length);
    this.from = clamp(from, 0, this.events - span);
    this.to = this.from + span;
    this.low = clamp(low, 0, this.length - height);
    this.high = this.low + height;
    for (const listener of this.listeners) listener();
  }
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
