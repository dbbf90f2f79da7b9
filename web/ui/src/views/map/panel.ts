import { whole } from '../../text/units';
import type { Context } from '../../page/context';
import { button, choice, el } from '../../page/dom';
import type { ColourMode } from './colours';
import { colours } from './colours';
import { describe } from './describe';
import { MapView } from './view';

const MODES = [
  { value: 'path', label: 'Function', title: 'Colour by the function that allocated' },
  { value: 'size', label: 'Size', title: 'Colour by size' },
  { value: 'life', label: 'Life', title: 'Colour by how many events it lived' },
  { value: 'cause', label: 'End', title: 'Colour by how it ended' },
] as const;

/** The map with its tools, its legend, the strip below it and the card of what is pinned. */
export class MapPanel {
  readonly element: HTMLElement;
  private readonly view: MapView;
  private readonly legend = el('ul', { class: 'legend' });
  private readonly card = el('aside', { class: 'card', hidden: '', 'aria-label': 'Pinned allocation' });
  private readonly clear: HTMLButtonElement;

  constructor(
    private readonly context: Context,
    strip: HTMLElement,
  ) {
    this.view = new MapView(context, this.colours('path'));
    this.showLegend('path');
    this.clear = button('', 'Select everything again (Escape)', () => context.selection.clearRange());
    this.clear.className = 'clear';
    this.clear.hidden = true;
    this.element = this.build(strip);
    context.selection.onPin(() => this.showPinned());
    context.selection.onRange(() => this.showRange());
  }

  focus(): void {
    this.view.element.querySelector<HTMLElement>('.plot')?.focus();
  }

  /** Makes what the map shows the selected range. */
  selectVisible(): void {
    const { viewport, selection } = this.context;
    selection.setRange(Math.ceil(viewport.from), Math.max(Math.ceil(viewport.from), Math.floor(viewport.to) - 1));
  }

  private build(strip: HTMLElement): HTMLElement {
    const { viewport } = this.context;
    const { meta } = this.context.report;
    const drag = choice(
      'drag',
      [
        { value: 'pan', label: 'Pan', title: 'Dragging moves the map; with Shift it selects' },
        { value: 'select', label: 'Select', title: 'Dragging selects a range of events; with Shift it moves the map' },
      ] as const,
      'pan',
      (value) => (this.view.selecting = value === 'select'),
    );
    const zoom = el(
      'div',
      { class: 'buttons' },
      button('−', 'Zoom out (−)', () => viewport.zoomTime(1 / 2, (viewport.from + viewport.to) / 2)),
      button('+', 'Zoom in (+)', () => viewport.zoomTime(2, (viewport.from + viewport.to) / 2)),
      button('Fit', 'Show all (Home)', () => viewport.fit()),
    );
    const colour = el('div', { class: 'labelled' }, el('span', {}, 'Colour'), choice<ColourMode>('colour', MODES, 'path', (mode) => this.setMode(mode)));
    return el(
      'section',
      { class: 'panel', 'aria-labelledby': 'map-title' },
      el('div', { class: 'panel-head' }, el('h2', { id: 'map-title' }, 'Heap over time'), el('p', { class: 'range' }, `${meta.unit === 'blocks' ? 'blocks' : 'addresses'} upwards, events to the right`)),
      el('div', { class: 'tools' }, colour, drag, zoom, this.clear),
      el(
        'div',
        { class: 'map-row' },
        el('div', { class: 'map-column' }, this.view.element, this.stripLegend(), strip, this.legend),
        this.card,
      ),
    );
  }

  private stripLegend(): HTMLElement {
    const estimate = this.context.report.meta.heapLengthTold ? '' : ' (estimate)';
    return el(
      'p',
      { class: 'strip-legend' },
      el('span', { class: 'key used' }, 'used'),
      el('span', { class: 'key scattered', title: 'free space that is not in the largest free run' }, `free, in smaller runs${estimate}`),
      el('span', { class: 'key run' }, `largest free run${estimate}`),
    );
  }

  private colours(mode: ColourMode): ReturnType<typeof colours> {
    const { report, names, hidden, units } = this.context;
    return colours(report, names, hidden, units, mode);
  }

  private setMode(mode: ColourMode): void {
    this.view.setColours(this.colours(mode));
    this.showLegend(mode);
  }

  private showLegend(mode: ColourMode): void {
    this.legend.replaceChildren(
      ...this.colours(mode).legend.map(({ label, detail, colour }) => {
        const swatch = el('span', { class: 'swatch' });
        swatch.style.background = colour;
        return el('li', { title: detail }, swatch, el('bdi', {}, label));
      }),
    );
  }

  private showPinned(): void {
    const { pinned } = this.context.selection;
    this.card.hidden = pinned === undefined;
    if (pinned === undefined) return;
    const close = button('×', 'Unpin (Escape)', () => this.context.selection.pin(undefined));
    close.className = 'close';
    this.card.replaceChildren(close, describe(this.context, pinned, true));
  }

  private showRange(): void {
    const { selection } = this.context;
    this.clear.hidden = selection.isEverything;
    this.clear.textContent = `Events ${whole(selection.range.from)} – ${whole(selection.range.to)} ×`;
  }
}
