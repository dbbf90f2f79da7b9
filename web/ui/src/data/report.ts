/** What the page knows: the sections of docs/html-report.md as typed columns. */

export interface Diagnostic {
  severity: 'note' | 'warning' | 'error';
  where: string;
  message: string;
}

export interface Meta {
  title: string;
  unit: 'blocks' | 'bytes';
  timeUnit: 'events' | 'milliseconds' | 'microseconds' | 'nanoseconds';
  /** Bytes of a block; 0 where nobody told. */
  blockSize: number;
  /** Address of position 0, decimal; `0` for blocks. */
  heapStart: string;
  heapLength: number;
  /** Whether somebody told the heap's length; otherwise it is the highest end seen. */
  heapLengthTold: boolean;
  events: number;
  allocations: number;
  peak: number;
  peakEvent: number;
  liveUnits: number;
  liveCount: number;
  impliedFrees: number;
  unmatchedFrees: number;
  emptyAllocations: number;
  temporaryEvents: number;
  leftOut: number;
  leftOutSlice: number;
  shortestLife: number;
  diagnostics: Diagnostic[];
}

export interface Frames {
  count: number;
  functions: Uint32Array;
  files: Uint32Array;
  lines: Float64Array;
  addressLow: Uint32Array;
  addressHigh: Uint32Array;
  /** Bit 0: code that an interpreter runs; bit 1: the allocator's own. */
  flags: Uint8Array;
}

export interface Stacks {
  count: number;
  callers: Uint32Array;
  frames: Uint32Array;
}

export enum Cause {
  ALIVE = 0,
  FREE = 1,
  SWEEP = 2,
  REALLOC = 3,
  IMPLIED = 4,
}

/** One row an allocation, in the order they began. */
export interface Allocations {
  count: number;
  starts: Float64Array;
  /** Ordinal of the event that ended it; Infinity while alive. */
  ends: Float64Array;
  blocks: Float64Array;
  sizes: Float64Array;
  stacks: Uint32Array;
  endStacks: Uint32Array;
  causes: Uint8Array;
  /** 1 where it is what became of a resized one. */
  resized: Uint8Array;
  /** Absent where times count events. */
  startTimes?: Float64Array;
  endTimes?: Float64Array;
}

export interface Samples {
  count: number;
  ordinals: Float64Array;
  used: Float64Array;
  most: Float64Array;
  largestRun: Float64Array;
  holes: Float64Array;
}

/** What allocations without a row add up to. */
export interface LeftOut {
  stack: number;
  slice: number;
  count: number;
  units: number;
  temporary: number;
}

export interface Report {
  meta: Meta;
  strings: string[];
  frames: Frames;
  stacks: Stacks;
  allocations: Allocations;
  samples: Samples;
  leftOut: LeftOut[];
}
