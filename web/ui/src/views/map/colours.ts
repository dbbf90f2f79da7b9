import type { HiddenFrames } from '../../data/tree';
import type { Names } from '../../data/names';
import type { Report } from '../../data/report';
import { Cause } from '../../data/report';
import type { Units } from '../../text/units';
import { whole } from '../../text/units';

export type ColourMode = 'path' | 'size' | 'life' | 'cause';

export interface LegendEntry {
  label: string;
  detail: string;
  /** `#rrggbb`. */
  colour: string;
}

/** A colour for each allocation: numbers of `legend`, and one past its end for what is not in the spotlight. */
export interface Colours {
  of: Uint8Array;
  legend: LegendEntry[];
  palette: Uint8Array;
}

const CATEGORIES = ['#4c7fe0', '#f08c3a', '#3fa66b', '#9a6ce0', '#e0565b', '#1ea3ad', '#d4a92a', '#e07bb4', '#8a9a3a', '#7cb8ea', '#b5713a', '#bfce5a'];
const OTHERS = '#aab1bb';
const RAMP = ['#f2c14e', '#ee8f4f', '#de5f6e', '#b3459c', '#7b46b4', '#4b4bb0', '#2f5a94'];
const ALIVE = '#2fa37c';

export function colours(
  report: Report,
  names: Names,
  hidden: HiddenFrames,
  units: Units,
  mode: ColourMode,
): Colours {
  switch (mode) {
    case 'path':
      return byPath(report, names, hidden, units);
    case 'size':
      return bySize(report, units);
    case 'life':
      return byLife(report);
    case 'cause':
      return byCause(report);
  }
}

/** The innermost function that is not the allocator's; those that fill most of the map have a colour of their own. */
function byPath(report: Report, names: Names, hidden: HiddenFrames, units: Units): Colours {
  const { allocations: rows, stacks, meta } = report;
  const groups = new Map<string, number>();
  const labels: string[] = [];
  const groupOfStack = new Uint32Array(stacks.count);
  for (let stack = 0; stack < stacks.count; stack++) {
    const shown = hidden.visible[stack];
    const label = shown === 0 ? '(no call stack)' : names.function(stacks.frames[shown]);
    let group = groups.get(label);
    if (group === undefined) {
      group = labels.length;
      groups.set(label, group);
      labels.push(label);
    }
    groupOfStack[stack] = group;
  }
  const area = new Float64Array(labels.length);
  const held = new Float64Array(labels.length);
  for (let row = 0; row < rows.count; row++) {
    const group = groupOfStack[rows.stacks[row]];
    area[group] += rows.sizes[row] * (Math.min(rows.ends[row], meta.events) - rows.starts[row]);
    held[group] += rows.sizes[row];
  }
  const ranked = labels.map((_, group) => group).sort((a, b) => area[b] - area[a]);
  const shown = ranked.filter((group) => area[group] > 0).slice(0, CATEGORIES.length);
  const colourOfGroup = new Uint8Array(labels.length).fill(shown.length);
  shown.forEach((group, i) => (colourOfGroup[group] = i));
  const legend = shown.map((group, i) => ({
    label: labels[group],
    detail: `${units.size(held[group])} allocated in all`,
    colour: CATEGORIES[i],
  }));
  if (ranked.length > shown.length) {
    const rest = ranked.length - shown.length;
    legend.push({ label: `${rest} more`, detail: 'all other functions', colour: OTHERS });
  }
  return finish(rows.count, (row) => colourOfGroup[groupOfStack[rows.stacks[row]]], legend);
}

function bySize(report: Report, units: Units): Colours {
  const bounds = [1, 2, 4, 8, 32, 128].map((n) => (report.meta.unit === 'bytes' ? n * 16 : n));
  const labels = bounds.map((bound, i) => (i === 0 ? `≤ ${units.size(bound)}` : `≤ ${units.size(bound)}`));
  labels.push(`> ${units.size(bounds[bounds.length - 1])}`);
  const { sizes, count } = report.allocations;
  return finish(count, (row) => bucket(bounds, sizes[row]), labels.map(ramp('size')));
}

function byLife(report: Report): Colours {
  const bounds = [1, 10, 100, 1000, 10_000, 100_000];
  const labels = bounds.map((bound) => `≤ ${whole(bound)}`);
  labels.push(`> ${whole(bounds[bounds.length - 1])} events`);
  const { starts, ends, causes, count } = report.allocations;
  const legend = labels.map(ramp('events from allocation to end'));
  legend.push({ label: 'alive at the end', detail: 'never freed in this recording', colour: ALIVE });
  const of = (row: number): number =>
    causes[row] === Cause.ALIVE ? labels.length : bucket(bounds, ends[row] - starts[row]);
  return finish(count, of, legend);
}

function byCause(report: Report): Colours {
  const legend = [
    { label: 'alive at the end', detail: 'never freed in this recording', colour: ALIVE },
    { label: 'freed', detail: 'the program gave it back', colour: '#4c7fe0' },
    { label: 'swept', detail: 'the collector took it', colour: '#f08c3a' },
    { label: 'resized', detail: 'realloc changed its size in place', colour: '#9a6ce0' },
    { label: 'end not seen', detail: 'something else was allocated on top of it', colour: '#e0565b' },
  ];
  const { causes, count } = report.allocations;
  return finish(count, (row) => causes[row], legend);
}

function ramp(detail: string): (label: string, i: number) => LegendEntry {
  return (label, i) => ({ label, detail, colour: RAMP[i] });
}

function bucket(bounds: number[], value: number): number {
  let i = 0;
  while (i < bounds.length && value > bounds[i]) i++;
  return i;
}

function finish(count: number, colourOf: (row: number) => number, legend: LegendEntry[]): Colours {
  const of = new Uint8Array(count);
  for (let row = 0; row < count; row++) of[row] = colourOf(row);
  const palette = new Uint8Array((legend.length + 1) * 3);
  legend.forEach((entry, i) => palette.set(rgb(entry.colour), i * 3));
  palette.set(rgb(OTHERS), legend.length * 3);
  return { of, legend, palette };
}

function rgb(colour: string): [number, number, number] {
  const value = parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The same colours, with every row that `lit` refuses in a quiet one. */
export function spotlight(colours: Colours, quiet: string, lit: (row: number) => boolean): Colours {
  const of = new Uint8Array(colours.of);
  for (let row = 0; row < of.length; row++) if (!lit(row)) of[row] = colours.legend.length;
  const palette = new Uint8Array(colours.palette);
  palette.set(rgb(quiet), colours.legend.length * 3);
  return { of, legend: colours.legend, palette };
}
