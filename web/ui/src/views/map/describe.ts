import { shortLocation } from '../../data/names';
import { Cause } from '../../data/report';
import { plural, whole } from '../../text/units';
import type { Context } from '../../page/context';
import { el } from '../../page/dom';

const CAUSES: Record<Cause, string> = {
  [Cause.ALIVE]: 'alive at the end of the recording',
  [Cause.FREE]: 'freed by the program',
  [Cause.SWEEP]: 'swept by the collector',
  [Cause.REALLOC]: 'resized in place',
  [Cause.IMPLIED]: 'end not seen; something else was allocated on top of it',
};

/** Frames that a tooltip shows of each stack; a pinned card shows all. */
const SHORT = 6;

/** Who, when, how long, why: one allocation in words. */
export function describe(context: Context, row: number, inFull: boolean): HTMLElement {
  const { report, units } = context;
  const rows = report.allocations;
  const cause = rows.causes[row] as Cause;
  const block = rows.blocks[row];
  const last = block + rows.sizes[row] - 1;
  const noun = report.meta.unit === 'blocks' ? 'block' : 'address';
  const place = last > block ? `${noun}s ${units.position(block)} to ${units.position(last)}` : `${noun} ${units.position(block)}`;
  const box = el(
    'div',
    { class: 'allocation' },
    el('p', { class: 'allocation-title' }, el('strong', {}, units.sizeInFull(rows.sizes[row])), ` at ${place}`),
    el('dl', {}, ...facts(context, row, cause)),
  );
  box.append(...stack(context, rows.resized[row] === 1 ? 'Resized by' : 'Allocated by', rows.stacks[row], inFull));
  if (cause !== Cause.ALIVE) box.append(...stack(context, ENDED_BY[cause], rows.endStacks[row], inFull));
  return box;
}

const ENDED_BY: Record<Cause, string> = {
  [Cause.ALIVE]: '',
  [Cause.FREE]: 'Freed by',
  [Cause.SWEEP]: 'Swept during',
  [Cause.REALLOC]: 'Resized by',
  [Cause.IMPLIED]: 'Replaced by',
};

function facts(context: Context, row: number, cause: Cause): Node[] {
  const { report, units } = context;
  const rows = report.allocations;
  const start = rows.starts[row];
  const end = rows.ends[row];
  const alive = cause === Cause.ALIVE;
  const life = (alive ? report.meta.events : end) - start;
  const from = rows.startTimes === undefined ? '' : `, ${units.duration(rows.startTimes[row])}`;
  const to = rows.endTimes === undefined || alive ? '' : `, ${units.duration(rows.endTimes[row])}`;
  const span =
    rows.startTimes === undefined || rows.endTimes === undefined || alive
      ? ''
      : `, ${units.duration(rows.endTimes[row] - rows.startTimes[row])}`;
  return [
    ...fact('when', alive ? `from event ${whole(start)}${from}` : `event ${whole(start)}${from} to ${whole(end)}${to}`),
    ...fact('how long', `${alive ? 'at least ' : ''}${plural(life, 'event')}${span}`),
    ...fact('end', CAUSES[cause]),
  ];
}

function fact(name: string, value: string): Node[] {
  return [el('dt', {}, name), el('dd', {}, value)];
}

function stack(context: Context, title: string, stackNumber: number, inFull: boolean): Node[] {
  const { names, hidden } = context;
  const frames = names.framesOf(stackNumber);
  const cut = frames.length - names.framesOf(hidden.visible[stackNumber]).length;
  const shown = inFull ? frames : frames.slice(cut, cut + SHORT);
  const list = el('ol', { class: 'stack' });
  shown.forEach((frame, i) => {
    const item = el(
      'li',
      inFull && i < cut ? { class: 'allocator' } : {},
      el('bdi', { class: 'function' }, names.function(frame)),
      ' ',
      el('bdi', { class: 'location' }, inFull ? names.location(frame) : shortLocation(names.location(frame))),
    );
    list.append(item);
  });
  const rest = frames.length - cut - shown.length;
  if (frames.length === 0) list.append(el('li', { class: 'more' }, 'no call stack was recorded'));
  else if (!inFull && rest > 0) list.append(el('li', { class: 'more' }, `${plural(rest, 'more caller')}; click to see all`));
  return [el('p', { class: 'stack-title' }, title), list];
}
