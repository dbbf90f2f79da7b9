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
  temporaryEvents: number;
  leftOut: number;
  leftOutSlice: number;
  shortestLife: number;
  /** Absent where free space was never in more than one run. */
  worst?: Worst;
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

/** The heap over time, exact, in bins of several events each. */
export interface Timeline {
  count: number;
  /** First event of each bin, and the number of events after the last. */
  firsts: Float64Array;
  leastUsed: Float64Array;
  mostUsed: Float64Array;
  /** The shortest that the largest free run was. */
  largestRun: Float64Array;
  /** The most that was free outside of the largest free run. */
  scattered: Float64Array;
  holes: Float64Array;
}

/** The moment when the most free space lay outside of the largest free run. */
export interface Worst {
  event: number;
  free: number;
  scattered: number;
  largestFreeRun: number;
  holes: number;
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
  timeline: Timeline;
  leftOut: LeftOut[];
}
