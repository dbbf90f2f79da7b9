import type { CallTree, TreeNode } from '../../data/tree';
import type { Metric } from '../../data/weights';
import { shortLocation } from '../../data/names';
import { percent, whole } from '../../text/units';
import type { Context } from '../../page/context';
import { button, el } from '../../page/dom';

type Column = Metric | 'count';

const COLUMNS: readonly { key: Column; label: string; title: string }[] = [
  { key: 'live', label: 'Live', title: 'alive after the last event of the range' },
  { key: 'peak', label: 'Peak', title: 'alive when the heap held most in the range' },
  { key: 'total', label: 'Total', title: 'all that was allocated in the range' },
  { key: 'temporary', label: 'Temporary', title: 'freed soon after it was allocated' },
  { key: 'count', label: 'Allocations', title: 'how many allocations began in the range' },
];

const PAGE = 50;

/** Who holds memory: a line for each call path, sorted by any column. */
export class HoldersView {
  readonly element: HTMLElement;
  private readonly body = el('tbody');
  private readonly head = el('tr');
  private readonly foot = el('p', { class: 'table-foot' });
  private rows: TreeNode[] = [];
  private shown = PAGE;
  private filter = '';
  private lit: TreeNode | undefined;
  private descending = true;

  constructor(
    private readonly context: Context,
    private tree: CallTree,
    private sort: Column,
  ) {
    this.element = el(
      'div',
      { class: 'holders' },
      el('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Holders by call path' }, el('table', {}, el('thead', {}, this.head), this.body)),
      this.foot,
    );
    this.context.selection.onSpotlight(() => {
      if (this.context.selection.spotlight === undefined && this.lit !== undefined) {
        this.lit = undefined;
        this.fill();
      }
    });
  }

  show(tree: CallTree, metric: Metric): void {
    if (tree !== this.tree) this.lit = undefined;
    this.tree = tree;
    if (this.sort !== 'count') this.sort = metric;
    this.arrange();
  }

  search(text: string): void {
    this.filter = text.toLowerCase();
    this.shown = PAGE;
    this.arrange();
  }

  private value(node: TreeNode, column: Column): number {
    return column === 'count' ? node.selfCount : node.self[column];
  }

  private arrange(): void {
    const rows = new Set<TreeNode>();
    for (const node of this.tree.nodeOfStack) if (node !== undefined && this.wanted(node)) rows.add(node);
    const sign = this.descending ? 1 : -1;
    this.rows = [...rows].sort((a, b) => sign * (this.value(b, this.sort) - this.value(a, this.sort)));
    this.fillHead();
    this.fill();
  }

  private wanted(node: TreeNode): boolean {
    if (this.filter === '') return true;
    const { names } = this.context;
    for (let at: TreeNode | undefined = node; at !== undefined && at.frame >= 0; at = at.parent) {
      if (`${names.function(at.frame)} ${names.location(at.frame)}`.toLowerCase().includes(this.filter)) return true;
    }
    return false;
  }

  private fillHead(): void {
    const heads = COLUMNS.map(({ key, label, title }) => {
      const sorted = key === this.sort;
      const arrow = sorted ? (this.descending ? ' ↓' : ' ↑') : '';
      const cell = el('th', { class: 'number', scope: 'col' }, button(label + arrow, `${title}; sort by it`, () => this.sortBy(key)));
      if (sorted) cell.setAttribute('aria-sort', this.descending ? 'descending' : 'ascending');
      return cell;
    });
    this.head.replaceChildren(el('th', { scope: 'col', class: 'who' }, 'Call path'), ...heads);
  }

  private sortBy(column: Column): void {
    this.descending = column === this.sort ? !this.descending : true;
    this.sort = column;
    this.arrange();
    this.head.querySelectorAll('button')[COLUMNS.findIndex(({ key }) => key === column)]?.focus();
  }

  private fill(): void {
    this.body.replaceChildren(...this.rows.slice(0, this.shown).map((node) => this.line(node)));
    const rest = this.rows.length - this.shown;
    const count = `${whole(this.rows.length)} call path${this.rows.length === 1 ? '' : 's'}`;
    this.foot.replaceChildren(count);
    if (rest > 0) {
      this.foot.append(' ', button(`Show ${whole(Math.min(rest, 200))} more`, 'longer table', () => {
        this.shown += 200;
        this.fill();
      }));
    }
  }

  private line(node: TreeNode): HTMLElement {
    const { units } = this.context;
    const show = button('', 'Point out on the map; again to stop', () => this.light(node));
    show.className = 'path';
    show.append(...this.path(node));
    const who = el('td', { class: 'who' }, show);
    const most = this.value(this.rows[this.descending ? 0 : this.rows.length - 1], this.sort);
    if (most > 0) who.style.setProperty('--share', `${(100 * this.value(node, this.sort)) / most}%`);
    const line = el('tr', node === this.lit ? { class: 'lit' } : {}, who);
    for (const { key } of COLUMNS) {
      const value = this.value(node, key);
      const text = key === 'count' ? whole(Math.round(value)) : units.bare(value);
      const cell = el('td', { class: value === 0 ? 'number zero' : 'number' }, text);
      const of = key === 'count' ? this.tree.root.count : this.tree.root.total[key];
      if (value > 0) cell.title = percent(value, of);
      line.append(cell);
    }
    return line;
  }

  /** The function that allocated, and who called it. */
  private path(node: TreeNode): HTMLElement[] {
    const { names } = this.context;
    if (node.frame < 0) return [el('span', { class: 'function' }, '(no call stack)')];
    const callers: string[] = [];
    let at = node.parent;
    for (; at !== undefined && at.frame >= 0 && callers.length < 8; at = at.parent) callers.push(names.function(at.frame));
    return [
      el('bdi', { class: 'function' }, names.function(node.frame)),
      el('bdi', { class: 'location' }, shortLocation(names.location(node.frame))),
      el('bdi', { class: 'callers' }, callers.map((caller) => `← ${caller}`).join(' ') + (at !== undefined && at.frame >= 0 ? ' …' : '')),
    ];
  }

  private light(node: TreeNode): void {
    const on = this.lit !== node;
    this.lit = on ? node : undefined;
    if (on) {
      const stacks = new Uint8Array(this.context.report.stacks.count);
      this.tree.nodeOfStack.forEach((end, stack) => (stacks[stack] = end === node ? 1 : 0));
      this.context.selection.light(stacks);
    } else {
      this.context.selection.light(undefined);
    }
    this.fill();
  }
}
