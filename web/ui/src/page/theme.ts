export type ThemeChoice = 'auto' | 'light' | 'dark';

/** Colours of canvases, read from the style sheet so that there is one list of them. */
export interface Ink {
  dark: boolean;
  plot: string;
  grid: string;
  text: string;
  faint: string;
  strong: string;
  accent: string;
  selection: string;
  used: string;
  usedLine: string;
  free: string;
  scattered: string;
}

/** The page's theme: what the system prefers, unless the reader chose. */
export class Theme {
  private readonly system = matchMedia('(prefers-color-scheme: dark)');
  private readonly listeners: (() => void)[] = [];
  choice: ThemeChoice = 'auto';
  ink: Ink;

  constructor() {
    this.system.addEventListener('change', () => this.apply());
    this.ink = this.resolve();
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  set(choice: ThemeChoice): void {
    this.choice = choice;
    this.apply();
  }

  get dark(): boolean {
    return this.choice === 'auto' ? this.system.matches : this.choice === 'dark';
  }

  private apply(): void {
    this.ink = this.resolve();
    for (const listener of this.listeners) listener();
  }

  private resolve(): Ink {
    document.documentElement.dataset['theme'] = this.dark ? 'dark' : 'light';
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
    return {
      dark: this.dark,
      plot: colour('plot'),
      grid: colour('grid'),
      text: colour('muted'),
      faint: colour('faint'),
      strong: colour('text'),
      accent: colour('accent'),
      selection: colour('selection'),
      used: colour('used'),
      usedLine: colour('used-line'),
      free: colour('free-line'),
      scattered: colour('scattered'),
    };
  }
}
