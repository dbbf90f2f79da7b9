import type { Report } from '../src/data/report';
import { Cause } from '../src/data/report';

export interface Row {
  start: number;
  end?: number;
  block: number;
  size: number;
  stack: number;
  cause?: Cause;
}

/** A report of the given rows; stacks are written `outer;inner`, each name its own file and line 1. */
export function report(events: number, stacks: string[], rows: Row[]): Report {
  const strings = [''];
  const number = (text: string): number => {
    if (!strings.includes(text)) strings.push(text);
    return strings.indexOf(text);
  };
  const names: string[] = [];
  const callers = [0];
  const frames = [0];
  const known = new Map([['', 0]]);
  const leaf = stacks.map((stack) => {
    let path = '';
    let at = 0;
    for (const name of stack.split(';')) {
      path += `;${name}`;
      let next = known.get(path);
      if (next === undefined) {
        next = callers.length;
        known.set(path, next);
        if (!names.includes(name)) names.push(name);
        callers.push(at);
        frames.push(names.indexOf(name));
      }
      at = next;
    }
    return at;
  });
  const column = (of: (row: Row) => number): Float64Array => Float64Array.from(rows, of);
  return {
    meta: {
      title: 'test',
      unit: 'blocks',
      timeUnit: 'events',
      blockSize: 0,
      heapStart: '0',
      heapLength: 64,
      heapLengthTold: true,
      events,
      allocations: rows.length,
      peak: 0,
      peakEvent: 0,
      liveUnits: 0,
      liveCount: 0,
      temporaryEvents: 3,
      leftOut: 0,
      leftOutSlice: 1,
      shortestLife: 1,
      diagnostics: [],
    },
    strings,
    frames: {
      count: names.length,
      functions: Uint32Array.from(names, number),
      files: Uint32Array.from(names, (name) => number(`${name}.c`)),
      lines: new Float64Array(names.length).fill(1),
      addressLow: new Uint32Array(names.length),
      addressHigh: new Uint32Array(names.length),
      flags: Uint8Array.from(names, (name) => (name.startsWith('gc') ? 2 : 0)),
    },
    stacks: { count: callers.length, callers: Uint32Array.from(callers), frames: Uint32Array.from(frames) },
    allocations: {
      count: rows.length,
      starts: column((row) => row.start),
      ends: column((row) => row.end ?? Infinity),
      blocks: column((row) => row.block),
      sizes: column((row) => row.size),
      stacks: Uint32Array.from(rows, (row) => leaf[row.stack]),
      endStacks: new Uint32Array(rows.length),
      causes: Uint8Array.from(rows, (row) => row.cause ?? (row.end === undefined ? Cause.ALIVE : Cause.FREE)),
      resized: new Uint8Array(rows.length),
    },
    timeline: {
      count: 0,
      firsts: new Float64Array(1),
      leastUsed: new Float64Array(0),
      mostUsed: new Float64Array(0),
      largestRun: new Float64Array(0),
      scattered: new Float64Array(0),
      holes: new Float64Array(0),
    },
    leftOut: [],
  };
}

/** Numbers in [0, below) that are the same for the same seed. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Random rows in the order they begin; about a third are alive at the end. */
export function randomRows(seed: number, count: number, stacks: number): Row[] {
  const next = random(seed);
  return Array.from({ length: count }, (_, i) => {
    const start = i * 2;
    const row: Row = { start, block: next(60), size: 1 + next(4), stack: next(stacks) };
    if (next(3) > 0) {
      row.end = start + 1 + next(next(2) === 0 ? 6 : count * 2);
      row.cause = 1 + next(4);
    }
    return row;
  });
}
