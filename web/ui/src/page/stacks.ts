import { CallTree } from '../data/tree';
import type { Metric, Weights } from '../data/weights';
import { METRICS, weigh } from '../data/weights';
import { FlameView } from '../views/flame/view';
import { HoldersView } from '../views/holders/view';
import { plural, whole } from '../text/units';
import type { Context } from './context';
import { checkbox, choice, el } from './dom';

const TITLES: Record<Metric, string> = {
  live: 'Alive after the last event of the range (1)',
  peak: 'Alive when the heap held most in the range (2)',
  total: 'All that was allocated in the range (3)',
  temporary: 'Freed soon after it was allocated (4)',
};

/** Flame graph and holders: one call tree of the selected range, one metric, one search. */
export class StacksPanel {
  readonly element: HTMLElement;
  private metric: Metric = 'live';
  private inverted = false;
  private allFrames = false;
  private weights: Weights;
  private readonly flame: FlameView;
  private readonly holders: HoldersView;
  private readonly search = el('input', {
    type: 'search',
    placeholder: 'Search functions and files',
    'aria-label': 'Search functions and files',
    spellcheck: 'false',
  });
  private readonly rangeText = el('p', { class: 'range', 'aria-live': 'polite' });
  private readonly toggles: HTMLElement;
  private readonly metrics: HTMLElement;
  private waiting = false;

  constructor(private readonly context: Context) {
    this.weights = this.weigh();
    const tree = this.tree(false);
    this.flame = new FlameView(context, tree, this.metric);
    this.holders = new HoldersView(context, tree, this.metric);
    this.metrics = choice(
      'metric',
      METRICS.map((value) => ({ value, label: value[0].toUpperCase() + value.slice(1), title: TITLES[value] })),
      this.metric,
      (metric) => this.setMetric(metric),
    );
    this.toggles = el(
      'div',
      { class: 'toggles' },
      checkbox('Inverted', 'Innermost functions on top (i)', false, (on) => {
        this.inverted = on;
        this.show();
      }),
      checkbox('Allocator frames', 'Show the allocator’s own frames (a)', false, (on) => {
        this.allFrames = on;
        this.show();
      }),
    );
    this.element = this.build();
    this.search.addEventListener('input', () => this.find());
    context.selection.onRange(() => this.rangeChanged());
    this.show();
  }

  private build(): HTMLElement {
    return el(
      'section',
      { class: 'panel stacks', 'aria-labelledby': 'stacks-title' },
      el('div', { class: 'panel-head' }, el('h2', { id: 'stacks-title' }, 'Who allocates'), this.rangeText),
      el('div', { class: 'tools' }, this.metrics, this.toggles, this.search),
      this.flame.element,
      el('h3', {}, 'Holders by call path'),
      this.holders.element,
    );
  }

  /** Keys that belong here; returns whether `key` is one. */
  key(key: string): boolean {
    const boxes = this.toggles.querySelectorAll('input');
    switch (key) {
      case '/':
        this.search.focus();
        this.search.select();
        return true;
      case 'f':
        this.flame.element.querySelector<HTMLElement>('.flame')?.focus();
        return true;
      case 'i':
        boxes[0].click();
        return true;
      case 'a':
        boxes[1].click();
        return true;
      case '1':
      case '2':
      case '3':
      case '4':
        this.metrics.querySelectorAll('input')[Number(key) - 1].click();
        return true;
      default:
        return false;
    }
  }

  /** Returns whether there was a search to clear. */
  clearSearch(): boolean {
    if (this.search.value === '') return false;
    this.search.value = '';
    this.find();
    return true;
  }

  private find(): void {
    this.flame.search(this.search.value.trim());
    this.holders.search(this.search.value.trim());
  }

  private setMetric(metric: Metric): void {
    this.metric = metric;
    this.show();
  }

  /** A drag changes the range many times a frame; one answer a frame is enough. */
  private rangeChanged(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.weights = this.weigh();
      this.show();
    });
  }

  private weigh(): Weights {
    const { report, selection, usage } = this.context;
    const { range } = selection;
    const peak = selection.isEverything ? report.meta.peakEvent : usage.peakIn(range.from, range.to);
    return weigh(report, range, peak);
  }

  private tree(inverted: boolean): CallTree {
    const { report, places, hidden } = this.context;
    return new CallTree(report, places, hidden, this.weights, { inverted, allFrames: this.allFrames });
  }

  private show(): void {
    const tree = this.tree(false);
    this.flame.show(this.inverted ? this.tree(true) : tree, this.metric);
    this.holders.show(tree, this.metric);
    const { selection, report } = this.context;
    const { from, to } = this.weights.range;
    const range = selection.isEverything ? `All ${plural(report.meta.events, 'event')}` : `Events ${whole(from)} to ${whole(to)}`;
    this.rangeText.textContent = `${range}; the heap held most after event ${whole(this.weights.peakEvent)}`;
  }
}
