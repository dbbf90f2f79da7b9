import type { Meta } from '../data/report';

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number with separators. */
export function whole(value: number): string {
  return WHOLE.format(value);
}

/** A number in at most five characters: 950, 12.3k, 4.56M. */
export function compact(value: number): string {
  for (const [scale, suffix] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (Math.abs(value) >= scale) return `${significant(value / scale)}${suffix}`;
  }
  return significant(value);
}

/** Bytes in KiB and MiB. */
export function bytes(value: number): string {
  if (value < 1024) return `${whole(value)} B`;
  for (const [scale, suffix] of [
    [2 ** 30, 'GiB'],
    [2 ** 20, 'MiB'],
  ] as const) {
    if (value >= scale) return `${significant(value / scale)} ${suffix}`;
  }
  return `${significant(value / 1024)} KiB`;
}

function significant(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

export function percent(part: number, of: number): string {
  if (of === 0) return '0 %';
  const share = (part / of) * 100;
  return `${share > 0 && share < 0.1 ? '<0.1' : significant(share >= 10 ? Math.round(share * 10) / 10 : share)} %`;
}

export function plural(count: number, word: string): string {
  return `${whole(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** Says sizes in the unit of the trace. */
export class Units {
  constructor(private readonly meta: Meta) {}

  /** Whether sizes can be told in bytes. */
  get inBytes(): boolean {
    return this.meta.unit === 'bytes' || this.meta.blockSize > 0;
  }

  private get scale(): number {
    return this.meta.unit === 'bytes' ? 1 : this.meta.blockSize;
  }

  /** `3 blocks`, or `48 B` where the block size is known. */
  size(units: number): string {
    return this.inBytes ? bytes(units * this.scale) : plural(Math.round(units), 'block');
  }

  /** Both ways where there are two. */
  sizeInFull(units: number): string {
    if (this.meta.unit === 'bytes') return `${bytes(units)}${units >= 1024 ? ` (${whole(units)} bytes)` : ''}`;
    const blocks = plural(Math.round(units), 'block');
    return this.inBytes ? `${bytes(units * this.scale)} (${blocks})` : blocks;
  }

  /** For columns of numbers: no unit, separators. */
  bare(units: number): string {
    return this.inBytes ? bytes(units * this.scale) : whole(Math.round(units));
  }

  /** A place in the heap: the block's number, or the address. */
  position(units: number): string {
    if (this.meta.unit === 'blocks') return whole(units);
    return `0x${(BigInt(this.meta.heapStart) + BigInt(Math.round(units))).toString(16)}`;
  }

  /** A length of time in the trace's clock. */
  duration(time: number): string {
    switch (this.meta.timeUnit) {
      case 'events':
        return plural(time, 'event');
      case 'milliseconds':
        return seconds(time / 1e3);
      case 'microseconds':
        return seconds(time / 1e6);
      case 'nanoseconds':
        return seconds(time / 1e9);
    }
  }
}

export function seconds(value: number): string {
  const size = Math.abs(value);
  if (size >= 1 || size === 0) return `${value.toFixed(size >= 100 ? 0 : 2)} s`;
  if (size >= 1e-3) return `${significant(value * 1e3)} ms`;
  if (size >= 1e-6) return `${significant(value * 1e6)} µs`;
  return `${significant(value * 1e9)} ns`;
}
