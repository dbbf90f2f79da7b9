import type { Selection } from '../../page/context';
import type { Viewport } from '../../page/viewport';

/** A place on the map in parts of its width and height, 0 at the left and at the bottom. */
export interface MapPoint {
  x: number;
  y: number;
}

export interface InputTarget {
  /** The element that receives pointers and keys. */
  element: HTMLElement;
  viewport: Viewport;
  selection: Selection;
  /** Whether dragging selects instead of moving. */
  selects: () => boolean;
  point: (event: MouseEvent) => MapPoint;
  hover: (event: PointerEvent) => void;
  leave: () => void;
  click: (event: PointerEvent) => void;
}

interface Drag {
  selecting: boolean;
  anchor: number;
  last: MapPoint;
  moved: number;
}

/** Pointers, wheel and pinch on the map. */
export function listen(target: InputTarget): void {
  const { element, viewport } = target;
  const pointers = new Map<number, MapPoint>();
  let drag: Drag | undefined;

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    const point = target.point(event);
    pointers.set(event.pointerId, point);
    const selecting = event.shiftKey !== target.selects();
    drag = { selecting, anchor: viewport.from + point.x * viewport.span, last: point, moved: 0 };
  });

  element.addEventListener('pointermove', (event) => {
    const point = target.point(event);
    const before = pointers.get(event.pointerId);
    if (before === undefined || drag === undefined) {
      target.hover(event);
      return;
    }
    if (pointers.size === 2) pinch(target, pointers, event.pointerId, point);
    else move(target, drag, point, event);
    pointers.set(event.pointerId, point);
  });

  const finish = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    element.classList.remove('dragging');
    if (drag !== undefined && drag.moved < 4 && event.type === 'pointerup') target.click(event);
    if (pointers.size === 0) drag = undefined;
    else if (drag !== undefined) drag.last = [...pointers.values()][0];
  };
  element.addEventListener('pointerup', finish);
  element.addEventListener('pointercancel', finish);
  element.addEventListener('pointerleave', () => target.leave());
  element.addEventListener('dblclick', (event) => {
    const point = target.point(event);
    viewport.zoomTime(event.shiftKey ? 0.5 : 2, viewport.from + point.x * viewport.span);
  });
  element.addEventListener('wheel', (event) => wheel(target, event), { passive: false });
}

function move(target: InputTarget, drag: Drag, point: MapPoint, event: PointerEvent): void {
  const { viewport, element } = target;
  drag.moved += Math.abs(event.movementX) + Math.abs(event.movementY);
  if (drag.selecting) {
    if (drag.moved >= 4) target.selection.setRange(drag.anchor, viewport.from + point.x * viewport.span);
    return;
  }
  target.leave();
  element.classList.add('dragging');
  viewport.pan(drag.last.x - point.x, drag.last.y - point.y);
  drag.last = point;
}

function pinch(target: InputTarget, pointers: Map<number, MapPoint>, id: number, point: MapPoint): void {
  const { viewport } = target;
  const before = pointers.get(id);
  const other = [...pointers].find(([key]) => key !== id)?.[1];
  if (before === undefined || other === undefined) return;
  const factor = Math.abs(point.x - other.x) / Math.max(0.01, Math.abs(before.x - other.x));
  if (Number.isFinite(factor) && factor > 0) viewport.zoomTime(factor, viewport.from + other.x * viewport.span);
}

/** Up and down zooms time, with Shift or Alt the heap; sideways pans. */
function wheel(target: InputTarget, event: WheelEvent): void {
  event.preventDefault();
  const { viewport } = target;
  const point = target.point(event);
  const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
  if (!event.shiftKey && Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
    viewport.pan((event.deltaX * lines) / 1200, 0);
    return;
  }
  // With Shift some systems turn the wheel sideways.
  const delta = (event.deltaY !== 0 ? event.deltaY : event.deltaX) * lines;
  const factor = Math.exp(-Math.max(-240, Math.min(240, delta)) / 320);
  if (event.shiftKey || event.altKey) viewport.zoomHeap(factor, viewport.low + point.y * viewport.height);
  else viewport.zoomTime(factor, viewport.from + point.x * viewport.span);
}

/** Keys while the map has the focus; returns whether the key meant something. */
export function key(event: KeyboardEvent, viewport: Viewport): boolean {
  const middle = (viewport.from + viewport.to) / 2;
  const centre = (viewport.low + viewport.high) / 2;
  const step = event.shiftKey ? 0.5 : 0.1;
  switch (event.key) {
    case 'ArrowLeft':
      viewport.pan(-step, 0);
      return true;
    case 'ArrowRight':
      viewport.pan(step, 0);
      return true;
    case 'ArrowUp':
      viewport.pan(0, step);
      return true;
    case 'ArrowDown':
      viewport.pan(0, -step);
      return true;
    case '+':
    case '=':
      viewport.zoomTime(1.5, middle);
      return true;
    case '-':
      viewport.zoomTime(1 / 1.5, middle);
      return true;
    case 'PageUp':
    case '*':
      viewport.zoomHeap(1.5, centre);
      return true;
    case 'PageDown':
    case '_':
      viewport.zoomHeap(1 / 1.5, centre);
      return true;
    case 'Home':
    case '0':
      viewport.fit();
      return true;
    default:
      return false;
  }
}
