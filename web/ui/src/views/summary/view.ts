import type { Diagnostic } from '../../data/report';
import { visible } from '../../text/visible';
import { percent, plural, whole } from '../../text/units';
import type { Context } from '../../page/context';
import { el } from '../../page/dom';

/** The figures that matter, each with its unit and with what it means. */
export function figures(context: Context): HTMLElement {
  const { report, units } = context;
  const { meta } = report;
  const { worst } = meta;
  const list = el('dl', { class: 'figures' });
  const add = (name: string, value: string, detail: string): void => {
    list.append(el('div', {}, el('dt', {}, name), el('dd', {}, value), el('dd', { class: 'detail' }, detail)));
  };
  add('Peak use', units.size(meta.peak), `after event ${whole(meta.peakEvent)}`);
  add('Live at the end', units.size(meta.liveUnits), `in ${plural(meta.liveCount, 'allocation')}`);
  add('Allocations', whole(meta.allocations), `in ${plural(meta.events, 'event')}`);
  add(
    'Heap',
    units.size(meta.heapLength),
    meta.heapLengthTold ? `${percent(meta.peak, meta.heapLength)} used at the peak` : 'estimate: highest end seen',
  );
  if (worst !== undefined) {
    add(
      'Worst fragmentation',
      percent(worst.scattered, worst.free),
      `of ${units.size(worst.free)} free lay in smaller runs, event ${whole(worst.event)}${meta.heapLengthTold ? '' : ' (estimate)'}`,
    );
  }
  return list;
}

/** What the reader should know before trusting the figures; errors first. */
export function notes(context: Context): HTMLElement | undefined {
  const all = [...context.report.meta.diagnostics, ...estimates(context)];
  if (all.length === 0) return undefined;
  const order = { error: 0, warning: 1, note: 2 };
  all.sort((a, b) => order[a.severity] - order[b.severity]);
  const counts = (['error', 'warning', 'note'] as const)
    .map((severity) => ({ severity, count: all.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0);
  const summary = el('summary', {}, ...counts.map(({ severity, count }) => el('span', { class: `badge ${severity}` }, plural(count, severity))));
  summary.append(el('span', { class: 'first-note' }, visible(all[0].message)));
  const list = el('ul');
  for (const one of all) {
    const item = el('li', { class: one.severity }, el('span', { class: `badge ${one.severity}` }, one.severity));
    if (one.where !== '') item.append(el('bdi', { class: 'where' }, visible(one.where)), ' ');
    item.append(el('bdi', {}, visible(one.message)));
    list.append(item);
  }
  return el('details', { class: 'notes' }, summary, list);
}

function estimates(context: Context): Diagnostic[] {
  const { meta } = context.report;
  const notes: Diagnostic[] = [];
  const note = (message: string): void => void notes.push({ severity: 'note', where: '', message });
  if (!meta.heapLengthTold) {
    note('The length of the heap was not told; the highest end of an allocation stands in, so free space is an estimate.');
  }
  if (meta.unit === 'blocks' && meta.blockSize === 0) {
    note('The size of a block was not told; sizes are in blocks.');
  }
  return notes;
}
