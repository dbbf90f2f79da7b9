import { IntervalIndex } from '../data/intervals';
import { Names } from '../data/names';
import type { Report } from '../data/report';
import { HiddenFrames, Places } from '../data/tree';
import { Usage } from '../data/usage';
import { MapPanel } from '../views/map/panel';
import { StripView } from '../views/strip/view';
import { figures, notes } from '../views/summary/view';
import { visible } from '../text/visible';
import { Units } from '../text/units';
import type { Context } from './context';
import { Selection } from './context';
import { button, el } from './dom';
import { helpDialog } from './help';
import { StacksPanel } from './stacks';
import type { ThemeChoice } from './theme';
import { Theme } from './theme';
import { Tooltip } from './tooltip';
import { Viewport } from './viewport';

const THEMES: Record<ThemeChoice, { next: ThemeChoice; label: string }> = {
  auto: { next: 'light', label: 'Theme: system' },
  light: { next: 'dark', label: 'Theme: light' },
  dark: { next: 'auto', label: 'Theme: dark' },
};

/** The page: puts the views together and gives keys to whom they belong. */
export class App {
  private readonly context: Context;
  private readonly help = helpDialog();
  private readonly map: MapPanel;
  private readonly stacks: StacksPanel;
  private readonly themeButton: HTMLButtonElement;

  constructor(root: HTMLElement, report: Report) {
    const names = new Names(report);
    const { allocations, meta } = report;
    this.context = {
      report,
      names,
      units: new Units(meta),
      places: new Places(report, names),
      hidden: new HiddenFrames(report, names),
      index: new IntervalIndex(allocations.starts, allocations.ends),
      usage: new Usage(report),
      viewport: new Viewport(Math.max(1, meta.events), Math.max(1, meta.heapLength)),
      theme: new Theme(),
      tooltip: new Tooltip(document.body),
      selection: new Selection(meta.events),
    };
    this.map = new MapPanel(this.context, new StripView(this.context).element);
    this.themeButton = button(THEMES.auto.label, 'Light, dark or as the system is set (t)', () => this.nextTheme());
    this.stacks = new StacksPanel(this.context);
    document.title = `${visible(meta.title)} – Chipray`;
    root.replaceChildren(this.header(), el('main', {}, this.map.element, this.stacks.element), this.help);
    document.addEventListener('keydown', (event) => this.key(event));
  }

  private header(): HTMLElement {
    const header = el(
      'header',
      {},
      el(
        'div',
        { class: 'title-row' },
        el('div', { class: 'titles' }, el('p', { class: 'brand' }, 'Chipray · allocation report'), el('h1', {}, el('bdi', {}, visible(this.context.report.meta.title)))),
        el('div', { class: 'page-tools' }, this.themeButton, button('Keys', 'Keys and pointer (?)', () => this.help.showModal())),
      ),
      figures(this.context),
    );
    const found = notes(this.context);
    if (found !== undefined) header.append(found);
    return header;
  }

  private nextTheme(): void {
    const { theme } = this.context;
    theme.set(THEMES[theme.choice].next);
    this.themeButton.textContent = THEMES[theme.choice].label;
  }

  private key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || this.help.open) return;
    if (event.key === 'Escape') {
      this.takeBack();
      return;
    }
    if (event.target instanceof HTMLInputElement && event.target.type !== 'radio' && event.target.type !== 'checkbox') return;
    if (this.act(event.key)) event.preventDefault();
  }

  private act(key: string): boolean {
    switch (key) {
      case '?':
        this.help.showModal();
        return true;
      case 't':
        this.nextTheme();
        return true;
      case 'm':
        this.map.focus();
        return true;
      case 's':
        this.map.selectVisible();
        return true;
      default:
        return this.stacks.key(key);
    }
  }

  /** Undoes one thing at a time, the most passing one first. */
  private takeBack(): void {
    const { selection } = this.context;
    if (this.stacks.clearSearch()) return;
    if (selection.pinned !== undefined) selection.pin(undefined);
    else if (selection.spotlight !== undefined) selection.light(undefined);
    else if (!selection.isEverything) selection.clearRange();
  }
}
