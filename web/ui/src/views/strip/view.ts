import { lowerBound } from '../../data/intervals';
import { percent, plural, whole } from '../../text/units';
import type { Context } from '../../page/context';
import { GUTTER } from '../../page/context';
import { el, onNextFrame, Surface } from '../../page/dom';

/** What is used, what is free in pieces and the largest free run, on the map's time axis; dragging selects a range. */
export class StripView {
  readonly element: HTMLElement;
  private readonly surface = new Surface('strip-canvas');
  private anchor: number | undefined;
  private readonly redraw = onNextFrame(() => this.draw());

  constructor(private readonly context: Context) {
    this.element = el('div', { class: 'strip', title: 'Drag to select a range of events' }, this.surface.canvas);
    context.viewport.onChange(this.redraw);
    context.selection.onRange(this.redraw);
    context.theme.onChange(this.redraw);
    new ResizeObserver(this.redraw).observe(this.element);
    this.listen();
  }

  private listen(): void {
    const { canvas } = this.surface;
    const { selection, tooltip } = this.context;
    canvas.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      this.anchor = this.eventAt(event);
    });
    canvas.addEventListener('pointermove', (event) => {
      if (this.anchor !== undefined) selection.setRange(this.anchor, this.eventAt(event));
      this.explain(event);
    });
    canvas.addEventListener('pointerup', (event) => {
      if (this.anchor !== undefined && Math.abs(this.eventAt(event) - this.anchor) * this.pixels < 3) {
        selection.clearRange();
      }
      this.anchor = undefined;
    });
    canvas.addEventListener('pointercancel', () => (this.anchor = undefined));
    canvas.addEventListener('pointerleave', () => tooltip.hide());
  }

  private get pixels(): number {
    return (this.surface.width - GUTTER) / this.context.viewport.span;
  }

  private eventAt(event: PointerEvent): number {
    const x = event.clientX - this.surface.canvas.getBoundingClientRect().left - GUTTER;
    return this.context.viewport.from + x / this.pixels;
  }

  private explain(event: PointerEvent): void {
    const { report, units, usage, tooltip } = this.context;
    const { timeline, meta } = report;
    if (timeline.count === 0) return;
    const at = Math.min(Math.max(Math.floor(this.eventAt(event)), 0), meta.events - 1);
    const bin = this.binOf(at);
    const several = timeline.firsts[bin + 1] - timeline.firsts[bin] > 1;
    const used = usage.exact ? usage.at(at) : timeline.mostUsed[bin];
    tooltip.show(
      event.clientX,
      event.clientY,
      el(
        'dl',
        {},
        el('dt', {}, 'event'),
        el('dd', {}, whole(at)),
        el('dt', {}, 'used'),
        el('dd', {}, `${units.size(used)}, ${percent(used, meta.heapLength)} of the heap`),
        el('dt', {}, 'largest free run'),
        el('dd', {}, `${several ? 'at least ' : ''}${units.size(timeline.largestRun[bin])}`),
        el('dt', {}, 'free, in smaller runs'),
        el('dd', {}, `${several ? 'at most ' : ''}${units.size(timeline.scattered[bin])} in ${plural(timeline.holes[bin], 'hole')}`),
      ),
    );
  }

  private binOf(event: number): number {
    const { timeline } = this.context.report;
    return Math.min(Math.max(lowerBound(timeline.firsts, event + 1) - 1, 0), timeline.count - 1);
  }

  private draw(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width <= GUTTER) return;
    this.surface.resize(width, height);
    const pen = this.surface.begin();
    const { theme, viewport, report } = this.context;
    const { ink } = theme;
    const top = 6;
    const bottom = height - 1;
    const most = Math.max(1, report.meta.heapLength);
    const y = (units: number): number => bottom - (units / most) * (bottom - top);
    this.drawScattered(pen, y);
    this.drawUsed(pen, y, bottom);
    pen.font = '11px system-ui, sans-serif';
    pen.textAlign = 'right';
    pen.fillStyle = ink.text;
    pen.textBaseline = 'top';
    pen.fillText(this.context.units.bare(most), GUTTER - 8, 2);
    pen.textBaseline = 'bottom';
    pen.fillText('0', GUTTER - 8, height);
    this.drawRange(pen, viewport.from, height);
  }

  /** For each pixel the most that was used in its events. */
  private drawUsed(pen: CanvasRenderingContext2D, y: (units: number) => number, bottom: number): void {
    const { viewport, usage, theme } = this.context;
    const columns = Math.ceil(this.surface.width - GUTTER);
    pen.beginPath();
    pen.moveTo(GUTTER, bottom);
    const line: number[] = [];
    for (let column = 0; column < columns; column++) {
      const from = Math.floor(viewport.from + column / this.pixels);
      const to = Math.max(from, Math.ceil(viewport.from + (column + 1) / this.pixels) - 1);
      line.push(y(this.mostUsed(from, to, usage.used.length)));
    }
    line.forEach((height, column) => pen.lineTo(GUTTER + column, height));
    pen.lineTo(GUTTER + columns, bottom);
    pen.closePath();
    pen.fillStyle = theme.ink.used;
    pen.fill();
    pen.beginPath();
    line.forEach((height, column) => pen.lineTo(GUTTER + column, height));
    pen.strokeStyle = theme.ink.usedLine;
    pen.lineWidth = 1.5;
    pen.stroke();
  }

  private readonly pyramid = new Map<number, Float64Array>();

  /** The most used in [from, to]; long ranges are looked up in tables of the most in 16, 256, … steps. */
  private mostUsed(from: number, to: number, length: number): number {
    const { usage } = this.context;
    let first = Math.floor(from / usage.step);
    let last = Math.min(length - 1, Math.floor(to / usage.step));
    let most = 0;
    let level = 0;
    let table = usage.used;
    while (last - first >= 64) {
      while (first % 16 !== 0) most = Math.max(most, table[first++]);
      while (last % 16 !== 15 && last >= first) most = Math.max(most, table[last--]);
      table = this.summary(++level, table);
      first /= 16;
      last = (last + 1) / 16 - 1;
    }
    for (let i = first; i <= last; i++) most = Math.max(most, table[i]);
    return most;
  }

  private summary(level: number, below: Float64Array): Float64Array {
    let table = this.pyramid.get(level);
    if (table === undefined) {
      table = new Float64Array(Math.ceil(below.length / 16));
      for (let i = 0; i < below.length; i++) {
        const group = i >> 4;
        if (below[i] > table[group]) table[group] = below[i];
      }
      this.pyramid.set(level, table);
    }
    return table;
  }

  /** On top of what is used lies the free space that is in pieces; what is left up to the top is the largest free run. */
  private drawScattered(pen: CanvasRenderingContext2D, y: (units: number) => number): void {
    const { viewport, theme, report } = this.context;
    const { timeline } = report;
    if (timeline.count === 0) return;
    const first = this.binOf(viewport.from);
    const last = this.binOf(viewport.to);
    const x = (event: number): number => GUTTER + (event - viewport.from) * this.pixels;
    pen.save();
    pen.beginPath();
    pen.rect(GUTTER, 0, this.surface.width - GUTTER, this.surface.height);
    pen.clip();
    pen.beginPath();
    for (let bin = first; bin <= last; bin++) {
      const top = y(timeline.leastUsed[bin] + timeline.scattered[bin]);
      pen.lineTo(x(timeline.firsts[bin]), top);
      pen.lineTo(x(timeline.firsts[bin + 1]), top);
    }
    pen.strokeStyle = theme.ink.free;
    pen.lineWidth = 1;
    pen.stroke();
    for (let bin = last; bin >= first; bin--) {
      pen.lineTo(x(timeline.firsts[bin + 1]), y(timeline.leastUsed[bin]));
      pen.lineTo(x(timeline.firsts[bin]), y(timeline.leastUsed[bin]));
    }
    pen.closePath();
    pen.fillStyle = theme.ink.scattered;
    pen.fill();
    pen.restore();
  }

  private drawRange(pen: CanvasRenderingContext2D, from: number, height: number): void {
    const { selection, theme } = this.context;
    if (selection.isEverything) return;
    const right = this.surface.width;
    const left = Math.max(GUTTER, GUTTER + (selection.range.from - from) * this.pixels);
    const end = Math.max(GUTTER, GUTTER + (selection.range.to + 1 - from) * this.pixels);
    pen.fillStyle = theme.ink.selection;
    pen.fillRect(GUTTER, 0, left - GUTTER, height);
    if (end < right) pen.fillRect(end, 0, right - end, height);
    pen.fillStyle = theme.ink.accent;
    pen.fillRect(left - 1, 0, 1.5, height);
    pen.fillRect(end - 0.5, 0, 1.5, height);
  }
}
