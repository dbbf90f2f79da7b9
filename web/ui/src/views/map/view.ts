import { compact, whole } from '../../text/units';
import type { Context } from '../../page/context';
import { GUTTER } from '../../page/context';
import { el, onNextFrame, Surface } from '../../page/dom';
import { binaryTicks, ticks } from '../../page/ticks';
import type { Colours } from './colours';
import { spotlight } from './colours';
import { describe } from './describe';
import type { MapPoint } from './input';
import { key, listen } from './input';
import { BarLayer } from './layer';
import type { Spot } from './pick';
import { pick } from './pick';

const AXIS = 20;

/** Block × time: every allocation a bar from the event that began it to the one that ended it. */
export class MapView {
  readonly element: HTMLElement;
  private readonly layer: BarLayer;
  private readonly overlay = new Surface('overlay');
  private readonly plot: HTMLElement;
  private hovered: number | undefined;
  private drawn = false;
  selecting = false;
  readonly redraw = onNextFrame(() => this.draw());

  constructor(
    private readonly context: Context,
    private colours: Colours,
  ) {
    this.layer = new BarLayer(context, colours);
    this.plot = el('div', {
      class: 'plot',
      tabindex: '0',
      role: 'application',
      'aria-label': 'Map of the heap over time. Arrow keys move, plus and minus zoom, Home shows all.',
    });
    this.element = el('div', { class: 'map' }, this.layer.surface.canvas, this.overlay.canvas, this.plot);
    listen({
      element: this.plot,
      viewport: context.viewport,
      selection: context.selection,
      selects: () => this.selecting,
      point: (event) => this.point(event),
      hover: (event) => this.hover(event),
      leave: () => this.setHovered(undefined),
      click: (event) => context.selection.pin(this.at(this.point(event))),
    });
    this.plot.addEventListener('keydown', (event) => {
      if (!event.ctrlKey && !event.metaKey && key(event, context.viewport)) event.preventDefault();
    });
    context.viewport.onChange(this.redraw);
    context.selection.onRange(this.redraw);
    context.selection.onPin(this.redraw);
    context.selection.onSpotlight(() => this.applyColours());
    context.theme.onChange(() => this.applyColours());
    new ResizeObserver(this.redraw).observe(this.element);
  }

  setColours(colours: Colours): void {
    this.colours = colours;
    this.applyColours();
  }

  private applyColours(): void {
    const lit = this.context.selection.spotlight;
    const { stacks } = this.context.report.allocations;
    const quiet = this.context.theme.dark ? '#2c3138' : '#dfe2e6';
    this.layer.setColours(lit === undefined ? this.colours : spotlight(this.colours, quiet, (row) => lit[stacks[row]] === 1));
    this.redraw();
  }

  private point(event: MouseEvent): MapPoint {
    const box = this.plot.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: 1 - (event.clientY - box.top) / box.height };
  }

  private at(point: MapPoint): number | undefined {
    const { report, index } = this.context;
    const exact = this.spot(point, 0.5);
    return pick(report.allocations, index, exact) ?? pick(report.allocations, index, this.spot(point, 2));
  }

  private spot(point: MapPoint, reach: number): Spot {
    const { viewport } = this.context;
    const event = viewport.from + point.x * viewport.span;
    const position = viewport.low + point.y * viewport.height;
    const width = (reach * viewport.span) / Math.max(1, this.plot.clientWidth);
    const height = (reach * viewport.height) / Math.max(1, this.plot.clientHeight);
    return { from: event - width, to: event + width, low: position - height, high: position + height };
  }

  private hover(event: PointerEvent): void {
    const row = this.at(this.point(event));
    this.setHovered(row);
    if (row !== undefined) this.context.tooltip.show(event.clientX, event.clientY, describe(this.context, row, false));
  }

  private setHovered(row: number | undefined): void {
    if (row === undefined) this.context.tooltip.hide();
    if (row === this.hovered) return;
    this.hovered = row;
    this.redraw();
  }

  private draw(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width <= GUTTER || height <= AXIS) return;
    this.layer.resize(width - GUTTER, height - AXIS);
    this.overlay.resize(width, height);
    const missing = this.layer.draw();
    this.drawOverlay();
    if (missing) this.redraw();
    else if (!this.drawn) {
      this.drawn = true;
      performance.mark('chipray-map');
      document.documentElement.dataset['state'] = 'ready';
    }
  }

  private drawOverlay(): void {
    const pen = this.overlay.begin();
    const { ink } = this.context.theme;
    const { width, height } = this.overlay;
    const bottom = height - AXIS;
    pen.font = '11px system-ui, sans-serif';
    this.drawAxes(pen, width, bottom);
    pen.save();
    pen.beginPath();
    pen.rect(GUTTER, 0, width - GUTTER, bottom);
    pen.clip();
    this.drawRange(pen, bottom);
    this.outline(pen, this.context.selection.pinned, ink.strong, 2);
    this.outline(pen, this.hovered, ink.strong, 1.5);
    pen.restore();
  }

  private drawAxes(pen: CanvasRenderingContext2D, width: number, bottom: number): void {
    const { viewport, units, theme, report } = this.context;
    pen.fillStyle = theme.ink.text;
    pen.strokeStyle = theme.ink.grid;
    pen.lineWidth = 1;
    pen.textBaseline = 'middle';
    pen.textAlign = 'right';
    pen.beginPath();
    for (const tick of binaryTicks(viewport.low, viewport.high, bottom / 48)) {
      const y = Math.round(this.y(tick, bottom)) + 0.5;
      pen.moveTo(GUTTER, y);
      pen.lineTo(width, y);
      if (y > 6 && y < bottom - 4) {
        pen.fillText(report.meta.unit === 'blocks' ? whole(tick) : units.position(tick), GUTTER - 8, y);
      }
    }
    pen.textAlign = 'center';
    pen.textBaseline = 'top';
    for (const tick of ticks(viewport.from, viewport.to, (width - GUTTER) / 96)) {
      const x = Math.round(this.x(tick)) + 0.5;
      pen.moveTo(x, 0);
      pen.lineTo(x, bottom + 4);
      const label = viewport.span > 20_000 ? compact(tick) : whole(tick);
      if (x > GUTTER + 8 && x < width - 16) pen.fillText(label, x, bottom + 6);
    }
    pen.stroke();
  }

  private x(event: number): number {
    const { viewport } = this.context;
    return GUTTER + ((event - viewport.from) / viewport.span) * (this.overlay.width - GUTTER);
  }

  private y(position: number, bottom: number): number {
    const { viewport } = this.context;
    return ((viewport.high - position) / viewport.height) * bottom;
  }

  private drawRange(pen: CanvasRenderingContext2D, bottom: number): void {
    const { selection, theme } = this.context;
    if (selection.isEverything) return;
    const left = this.x(selection.range.from);
    const right = this.x(selection.range.to + 1);
    pen.fillStyle = theme.ink.selection;
    pen.fillRect(GUTTER, 0, left - GUTTER, bottom);
    pen.fillRect(right, 0, this.overlay.width - right, bottom);
    pen.fillStyle = theme.ink.accent;
    pen.fillRect(left - 1, 0, 1.5, bottom);
    pen.fillRect(right - 0.5, 0, 1.5, bottom);
  }

  private outline(pen: CanvasRenderingContext2D, row: number | undefined, colour: string, line: number): void {
    if (row === undefined) return;
    const rows = this.context.report.allocations;
    const bottom = this.overlay.height - AXIS;
    const left = this.x(rows.starts[row]);
    const right = Math.min(this.x(Math.min(rows.ends[row], this.context.viewport.events)), this.overlay.width + 4);
    const top = this.y(rows.blocks[row] + rows.sizes[row], bottom);
    const base = this.y(rows.blocks[row], bottom);
    pen.strokeStyle = colour;
    pen.lineWidth = line;
    pen.strokeRect(left - 1, top - 1, Math.max(3, right - left + 1), Math.max(3, base - top + 2));
  }
}
