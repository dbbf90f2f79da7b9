import { shortLocation } from '../../data/names';
import type { CallTree, TreeNode } from '../../data/tree';
import type { Metric } from '../../data/weights';
import { percent, plural } from '../../text/units';
import type { Context } from '../../page/context';
import { el, onNextFrame, Surface } from '../../page/dom';
import { flameColour } from './colour';
import type { Box } from './layout';
import { layout } from './layout';

const LINE = 19;

/** A flame graph, outermost callers on top, that shows one metric of a call tree. */
export class FlameView {
  readonly element: HTMLElement;
  private readonly surface = new Surface('flame-canvas');
  private readonly scroller: HTMLElement;
  private readonly spacer = el('div', { class: 'flame-spacer' });
  private readonly status = el('p', { class: 'flame-status', 'aria-live': 'polite' });
  private boxes: Box[] = [];
  private focusPath: number[] = [];
  private focus: TreeNode;
  private cursor: Box | undefined;
  private matches: RegExp | undefined;
  private readonly redraw = onNextFrame(() => this.draw());
  private readonly shownNames = new Map<string, string>();

  constructor(
    private readonly context: Context,
    private tree: CallTree,
    private metric: Metric,
  ) {
    this.focus = tree.root;
    this.scroller = el(
      'div',
      { class: 'flame', tabindex: '0', role: 'application', 'aria-label': 'Flame graph. Arrow keys move, Enter zooms in, Escape zooms out.' },
      this.surface.canvas,
      this.spacer,
    );
    this.element = el('div', { class: 'flame-box' }, this.scroller, this.status);
    this.scroller.addEventListener('scroll', this.redraw);
    this.scroller.addEventListener('keydown', (event) => this.key(event));
    this.surface.canvas.addEventListener('pointermove', (event) => this.hover(event));
    this.surface.canvas.addEventListener('pointerleave', () => this.leave());
    this.surface.canvas.addEventListener('click', (event) => this.zoom(this.boxAt(event)));
    context.theme.onChange(this.redraw);
    new ResizeObserver(() => this.arrange()).observe(this.scroller);
  }

  /** Shows another tree and stays, as far as it goes, at the call path that is zoomed in to. */
  show(tree: CallTree, metric: Metric): void {
    const sameShape = tree.options.inverted === this.tree.options.inverted;
    this.tree = tree;
    this.metric = metric;
    this.focus = tree.root;
    if (sameShape) {
      for (const place of this.focusPath) {
        const child = this.focus.byLocation?.get(place);
        if (child === undefined) break;
        this.focus = child;
      }
    }
    this.setFocus(this.focus);
  }

  search(text: string): void {
    this.matches = text === '' ? undefined : new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
    this.tell();
    this.redraw();
  }

  private setFocus(node: TreeNode): void {
    this.focus = node;
    this.focusPath = [];
    for (let at = node; at.parent !== undefined; at = at.parent) this.focusPath.unshift(this.context.places.of[at.frame]);
    this.cursor = undefined;
    this.arrange();
    this.tell();
  }

  private zoom(box: Box | undefined): void {
    if (box === undefined) return;
    this.context.tooltip.hide();
    this.setFocus(box.node);
    this.light(box.node);
  }

  /** Points out on the map what was allocated under a node. */
  private light(node: TreeNode): void {
    if (node.parent === undefined) {
      this.context.selection.light(undefined);
      return;
    }
    const under = new Set<TreeNode>();
    const todo = [node];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      under.add(next);
      for (const child of next.children) todo.push(child);
    }
    const stacks = new Uint8Array(this.context.report.stacks.count);
    this.tree.nodeOfStack.forEach((end, stack) => {
      if (end !== undefined && under.has(end)) stacks[stack] = 1;
    });
    this.context.selection.light(stacks);
  }

  private arrange(): void {
    const width = Math.max(1, this.scroller.clientWidth);
    this.boxes = layout(this.focus, this.metric, 0.4 / width);
    const levels = this.boxes.reduce((most, box) => Math.max(most, box.level), 0) + 1;
    this.spacer.style.height = `${Math.max(0, levels * LINE - this.scroller.clientHeight)}px`;
    this.redraw();
  }

  private name(node: TreeNode): string {
    return node.frame < 0 ? (this.tree.options.inverted ? 'all allocations, by who allocated' : 'all allocations') : this.context.names.function(node.frame);
  }

  private isMatch(node: TreeNode): boolean {
    if (this.matches === undefined || node.frame < 0) return false;
    return this.matches.test(this.context.names.function(node.frame)) || this.matches.test(this.context.names.location(node.frame));
  }

  private draw(): void {
    const { clientWidth: width, clientHeight: height, scrollTop } = this.scroller;
    this.surface.resize(width, height);
    const pen = this.surface.begin();
    pen.font = '12px system-ui, sans-serif';
    pen.textBaseline = 'middle';
    pen.textAlign = 'left';
    for (const box of this.boxes) {
      const top = box.level * LINE - scrollTop;
      if (top + LINE < 0 || top > height) continue;
      this.drawBox(pen, box, box.x * width, top, box.width * width);
    }
    if (this.boxes.length === 0 || this.focus.total[this.metric] <= 0) {
      pen.fillStyle = this.context.theme.ink.text;
      pen.fillText('Nothing in this range.', 12, LINE * 2);
    }
  }

  private drawBox(pen: CanvasRenderingContext2D, box: Box, left: number, top: number, width: number): void {
    const { theme, names, report } = this.context;
    const { node } = box;
    const above = box.level < this.depthOfFocus && node !== this.focus;
    if (node.frame < 0) {
      pen.fillStyle = theme.ink.grid;
    } else {
      const file = report.strings[report.frames.files[node.frame]];
      pen.fillStyle = flameColour(file, names.function(node.frame), theme.dark, names.isInterpreted(node.frame));
    }
    const dimmed = above || (this.matches !== undefined && !this.isMatch(node));
    pen.globalAlpha = dimmed ? 0.45 : 1;
    pen.fillRect(left, top, Math.max(0.5, width - 1), LINE - 1);
    pen.globalAlpha = dimmed ? 0.6 : 1;
    if (width > 26) {
      pen.fillStyle = theme.ink.strong;
      pen.fillText(this.fit(pen, this.label(node, width), width - 9), left + 5, top + LINE / 2);
    }
    pen.globalAlpha = 1;
    if (box === this.cursor) {
      pen.strokeStyle = theme.ink.strong;
      pen.lineWidth = 1.5;
      pen.strokeRect(left + 0.75, top + 0.75, Math.max(1, width - 2.5), LINE - 2.5);
    }
  }

  private get depthOfFocus(): number {
    return this.focus.depth;
  }

  private label(node: TreeNode, width: number): string {
    if (node.frame < 0 || width < 220) return this.name(node);
    return `${this.name(node)}  ${shortLocation(this.context.names.location(node.frame))}`;
  }

  private fit(pen: CanvasRenderingContext2D, text: string, width: number): string {
    const key = `${Math.round(width)} ${text}`;
    const known = this.shownNames.get(key);
    if (known !== undefined) return known;
    let fitted = text.slice(0, 300);
    if (pen.measureText(fitted).width > width) {
      let low = 0;
      let high = fitted.length;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (pen.measureText(`${fitted.slice(0, middle)}…`).width <= width) low = middle;
        else high = middle - 1;
      }
      fitted = low < 2 ? '' : `${fitted.slice(0, low)}…`;
    }
    if (this.shownNames.size > 20_000) this.shownNames.clear();
    this.shownNames.set(key, fitted);
    return fitted;
  }

  private boxAt(event: MouseEvent): Box | undefined {
    const area = this.surface.canvas.getBoundingClientRect();
    const x = (event.clientX - area.left) / area.width;
    const level = Math.floor((event.clientY - area.top + this.scroller.scrollTop) / LINE);
    return this.boxes.find((box) => box.level === level && x >= box.x && x < box.x + box.width);
  }

  private hover(event: PointerEvent): void {
    const box = this.boxAt(event);
    if (box !== this.cursor) {
      this.cursor = box;
      this.redraw();
    }
    if (box === undefined) this.context.tooltip.hide();
    else this.context.tooltip.show(event.clientX, event.clientY, ...this.explain(box.node));
  }

  private leave(): void {
    this.context.tooltip.hide();
    this.cursor = undefined;
    this.redraw();
  }

  private explain(node: TreeNode): HTMLElement[] {
    const { names, units } = this.context;
    const row = (label: string, metric: Metric): HTMLElement[] => [
      el('dt', {}, label),
      el('dd', {}, `${units.size(node.total[metric])}, ${percent(node.total[metric], this.tree.root.total[metric])}`),
    ];
    const title = el('p', { class: 'allocation-title' }, el('strong', {}, el('bdi', {}, this.name(node))));
    const list = el('dl', {}, ...row('live', 'live'), ...row('peak', 'peak'), ...row('total', 'total'), ...row('temporary', 'temporary'));
    list.append(el('dt', {}, 'allocations'), el('dd', {}, plural(Math.round(node.count), 'allocation')));
    if (node.frame < 0) return [title, list];
    return [title, el('p', { class: 'location' }, el('bdi', {}, names.location(node.frame))), list];
  }

  private key(event: KeyboardEvent): void {
    const at = this.cursor ?? this.boxes.find((box) => box.node === this.focus);
    if (at === undefined || event.ctrlKey || event.metaKey) return;
    switch (event.key) {
      case 'ArrowDown':
        this.moveTo(this.boxes.find((box) => box.node.parent === at.node));
        break;
      case 'ArrowUp':
        this.moveTo(this.boxes.find((box) => box.node === at.node.parent));
        break;
      case 'ArrowLeft':
        this.moveTo(this.boxes[this.boxes.indexOf(at) - 1]);
        break;
      case 'ArrowRight':
        this.moveTo(this.boxes[this.boxes.indexOf(at) + 1]);
        break;
      case 'Enter':
        this.zoom(at);
        break;
      case 'Escape':
        if (this.focus.parent === undefined) return;
        this.setFocus(this.tree.root);
        this.light(this.tree.root);
        event.stopPropagation();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  private moveTo(box: Box | undefined): void {
    if (box === undefined) return;
    this.cursor = box;
    const top = box.level * LINE;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop || top + LINE > scrollTop + clientHeight) this.scroller.scrollTop = top - clientHeight / 2;
    const area = this.surface.canvas.getBoundingClientRect();
    this.context.tooltip.show(area.left + box.x * area.width, area.top + top - this.scroller.scrollTop + LINE, ...this.explain(box.node));
    this.redraw();
  }

  /** Says in words what is shown: the sum, and how much of it matches the search. */
  private tell(): void {
    const { units } = this.context;
    const whole = this.tree.root.total[this.metric];
    const parts = [`${units.sizeInFull(whole)}`];
    if (this.focus.parent !== undefined) {
      parts.push(`zoomed in to ${percent(this.focus.total[this.metric], whole)} (Escape, or click the top row, to zoom out)`);
    }
    if (this.matches !== undefined) parts.push(`search matches ${percent(this.matched(), whole)}`);
    this.status.textContent = parts.join(' · ');
  }

  /** Weight of the outermost matching nodes, so that nothing counts twice. */
  private matched(): number {
    let sum = 0;
    const todo = [...this.tree.root.children];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      if (this.isMatch(node)) sum += node.total[this.metric];
      else for (const child of node.children) todo.push(child);
    }
    return sum;
  }
}
