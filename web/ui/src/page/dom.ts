type Child = Node | string;

/** Makes an element. Texts become text nodes, so nothing that a recording says is ever markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function button(label: string, title: string, action: () => void): HTMLButtonElement {
  const made = el('button', { type: 'button', title }, label);
  made.addEventListener('click', action);
  return made;
}

/** One of several; arrow keys move between them, as in any group of radio buttons. */
export function choice<T extends string>(
  name: string,
  options: readonly { value: T; label: string; title: string }[],
  value: T,
  chosen: (value: T) => void,
): HTMLElement {
  const group = el('div', { class: 'choice', role: 'radiogroup', 'aria-label': name });
  for (const option of options) {
    const input = el('input', { type: 'radio', name, value: option.value });
    input.checked = option.value === value;
    input.addEventListener('change', () => chosen(option.value));
    group.append(el('label', { title: option.title }, input, el('span', {}, option.label)));
  }
  return group;
}

export function checkbox(label: string, title: string, checked: boolean, changed: (on: boolean) => void): HTMLElement {
  const input = el('input', { type: 'checkbox' });
  input.checked = checked;
  input.addEventListener('change', () => changed(input.checked));
  return el('label', { class: 'check', title }, input, el('span', {}, label));
}

/** A canvas in device pixels, with its size in CSS pixels. */
export class Surface {
  readonly canvas = document.createElement('canvas');
  readonly context: CanvasRenderingContext2D;
  width = 0;
  height = 0;
  ratio = 1;

  constructor(className: string) {
    this.canvas.className = className;
    const context = this.canvas.getContext('2d');
    if (context === null) throw new Error('this browser has no canvas');
    this.context = context;
  }

  /** Returns whether the size changed, which also clears the canvas. */
  resize(width: number, height: number): boolean {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    if (width === this.width && height === this.height && ratio === this.ratio) return false;
    this.width = width;
    this.height = height;
    this.ratio = ratio;
    this.canvas.width = Math.max(1, Math.round(width * ratio));
    this.canvas.height = Math.max(1, Math.round(height * ratio));
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    return true;
  }

  /** Clears all and draws in CSS pixels from now on. */
  begin(): CanvasRenderingContext2D {
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
    return this.context;
  }
}

/** Runs `draw` once before the next frame, however often it is asked to. */
export function onNextFrame(draw: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}
