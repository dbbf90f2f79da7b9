import { el } from './dom';
import { clamp } from './viewport';

/** One floating note, near the pointer and inside the window. */
export class Tooltip {
  private readonly box = el('div', { class: 'tooltip', role: 'tooltip', hidden: '' });

  constructor(parent: HTMLElement) {
    parent.append(this.box);
  }

  show(x: number, y: number, ...content: (Node | string)[]): void {
    this.box.replaceChildren(...content);
    this.box.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const right = x + 14 + width > innerWidth - 8 ? x - 14 - width : x + 14;
    const below = y + 16 + height > innerHeight - 8 ? y - 12 - height : y + 16;
    this.box.style.left = `${clamp(right, 8, Math.max(8, innerWidth - width - 8))}px`;
    this.box.style.top = `${clamp(below, 8, Math.max(8, innerHeight - height - 8))}px`;
  }

  hide(): void {
    this.box.hidden = true;
  }
}
