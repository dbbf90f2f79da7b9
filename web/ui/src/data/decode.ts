import { ByteReader } from './bytes';
import type { Allocations, Frames, LeftOut, Meta, Report, Stacks, Timeline } from './report';
import { Cause } from './report';

const MAGIC = 'chipray1';

/** Reads the inflated data of a page. */
export function decode(bytes: Uint8Array): Report {
  const sections = readSections(bytes);
  const section = (name: string): ByteReader => {
    const found = sections.get(name);
    if (found === undefined) throw new RangeError(`the data has no section ${name}`);
    return new ByteReader(found);
  };
  const meta = JSON.parse(new TextDecoder().decode(sections.get('meta'))) as Meta;
  const strings = readStrings(section('strings'));
  return {
    meta,
    strings,
    frames: readFrames(section('frames')),
    stacks: readStacks(section('stacks')),
    timeline: readTimeline(section('timeline')),
    leftOut: readLeftOut(section('leftout')),
    allocations: readAllocations(meta.timeUnit !== 'events', section),
  };
}

function readSections(bytes: Uint8Array): Map<string, Uint8Array> {
  const reader = new ByteReader(bytes);
  if (new TextDecoder().decode(reader.take(MAGIC.length)) !== MAGIC) {
    throw new RangeError('this is not the data of a Chipray report');
  }
  const sections = new Map<string, Uint8Array>();
  while (reader.remaining > 0) {
    const name = reader.text();
    sections.set(name, reader.take(reader.u32()));
  }
  return sections;
}

function readStrings(reader: ByteReader): string[] {
  const count = reader.count(1);
  const strings: string[] = [];
  for (let i = 0; i < count; i++) strings.push(reader.text());
  return strings;
}

function readFrames(reader: ByteReader): Frames {
  const count = reader.count(6);
  const frames: Frames = {
    count,
    functions: new Uint32Array(count),
    files: new Uint32Array(count),
    lines: new Float64Array(count),
    addressLow: new Uint32Array(count),
    addressHigh: new Uint32Array(count),
    flags: new Uint8Array(count),
  };
  for (let i = 0; i < count; i++) {
    frames.functions[i] = reader.unsigned();
    frames.files[i] = reader.unsigned();
    frames.lines[i] = reader.unsigned();
    frames.addressLow[i] = reader.unsigned();
    frames.addressHigh[i] = reader.unsigned();
    frames.flags[i] = reader.u8();
  }
  return frames;
}

function readStacks(reader: ByteReader): Stacks {
  const count = reader.count(1);
  const stacks = { count, callers: new Uint32Array(count), frames: new Uint32Array(count) };
  for (let i = 1; i < count; i++) {
    stacks.callers[i] = reader.unsigned();
    stacks.frames[i] = reader.unsigned();
    if (stacks.callers[i] >= i) throw new RangeError('a stack calls itself');
  }
  return stacks;
}

function readTimeline(reader: ByteReader): Timeline {
  const rows: number[][] = [];
  while (reader.remaining > 0) rows.push(Array.from({ length: 6 }, () => reader.unsigned()));
  const column = (i: number): Float64Array => Float64Array.from(rows, (row) => row[i]);
  const firsts = new Float64Array(rows.length + 1);
  rows.forEach((row, i) => (firsts[i + 1] = firsts[i] + row[0]));
  return {
    count: rows.length,
    firsts,
    leastUsed: column(1),
    mostUsed: column(2),
    largestRun: column(3),
    scattered: column(4),
    holes: column(5),
  };
}

function readLeftOut(reader: ByteReader): LeftOut[] {
  const all: LeftOut[] = [];
  while (reader.remaining > 0) {
    all.push({
      stack: reader.unsigned(),
      slice: reader.unsigned(),
      count: reader.unsigned(),
      units: reader.unsigned(),
      temporary: reader.unsigned(),
    });
  }
  return all;
}

function readAllocations(timed: boolean, section: (name: string) => ByteReader): Allocations {
  const count = section('rows').unsigned();
  if (count > section('size').remaining) throw new RangeError('a count beyond the data');
  const causeBytes = section('cause').take(count);
  const rows: Allocations = {
    count,
    starts: runningSum(section('start'), count),
    ends: new Float64Array(count),
    blocks: column(section('block'), new Float64Array(count)),
    sizes: column(section('size'), new Float64Array(count)),
    stacks: column(section('stack'), new Uint32Array(count)),
    endStacks: new Uint32Array(count),
    causes: causeBytes.map((b) => b & 7),
    resized: causeBytes.map((b) => (b >> 3) & 1),
  };
  const lives = section('life');
  const endStacks = section('endstack');
  for (let i = 0; i < count; i++) {
    const life = lives.unsigned();
    if (rows.causes[i] === Cause.ALIVE) {
      rows.ends[i] = Infinity;
    } else {
      rows.ends[i] = rows.starts[i] + life;
      rows.endStacks[i] = endStacks.unsigned();
    }
  }
  if (timed) readTimes(rows, section('time'), section('span'));
  return rows;
}

function readTimes(rows: Allocations, times: ByteReader, spans: ByteReader): void {
  const startTimes = new Float64Array(rows.count);
  const endTimes = new Float64Array(rows.count);
  let time = 0;
  for (let i = 0; i < rows.count; i++) {
    time += times.signed();
    startTimes[i] = time;
    endTimes[i] = rows.causes[i] === Cause.ALIVE ? Infinity : time + spans.signed();
  }
  rows.startTimes = startTimes;
  rows.endTimes = endTimes;
}

function column<T extends Float64Array | Uint32Array>(reader: ByteReader, into: T): T {
  for (let i = 0; i < into.length; i++) into[i] = reader.unsigned();
  return into;
}

function runningSum(reader: ByteReader, count: number): Float64Array {
  const into = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) into[i] = sum += reader.unsigned();
  return into;
}
