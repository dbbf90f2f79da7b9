import type { Context } from '../../page/context';
import { Surface } from '../../page/dom';
import type { Colours } from './colours';
import { Raster } from './raster';
import { TILE, TileCache } from './tiles';

/** How long painting tiles may keep one frame, in milliseconds. */
const BUDGET = 7;

interface Scale {
  pixelsPerEvent: number;
  pixelsPerUnit: number;
}

interface Shown {
  from: number;
  to: number;
  low: number;
  high: number;
}

/**
 * The bars of the map. Panning moves finished tiles; after zooming the last whole picture stands in, stretched, for tiles
 * that are not painted yet, and no frame paints for longer than a few milliseconds.
 */
export class BarLayer {
  readonly surface = new Surface('bars');
  private readonly raster = new Raster();
  private readonly tiles = new TileCache();
  private readonly last = document.createElement('canvas');
  private lastShown: Shown | undefined;
  private scale: Scale = { pixelsPerEvent: 0, pixelsPerUnit: 0 };
  private whole: Shown | undefined;

  constructor(
    private readonly context: Context,
    private colours: Colours,
  ) {}

  setColours(colours: Colours): void {
    this.colours = colours;
    this.keepPicture();
    this.tiles.clear();
  }

  resize(width: number, height: number): void {
    if (this.surface.resize(width, height)) {
      this.tiles.clear();
      this.whole = undefined;
      this.lastShown = undefined;
    }
  }

  /** Draws what is there and paints some of what is not; returns whether something is still missing. */
  draw(): boolean {
    const { canvas, context: pen } = this.surface;
    const { viewport } = this.context;
    if (canvas.width <= 1 || canvas.height <= 1) return false;
    const scale = { pixelsPerEvent: canvas.width / viewport.span, pixelsPerUnit: canvas.height / viewport.height };
    if (!same(scale.pixelsPerEvent, this.scale.pixelsPerEvent) || !same(scale.pixelsPerUnit, this.scale.pixelsPerUnit)) {
      this.keepPicture();
      this.tiles.clear();
      this.scale = scale;
    }
    // Whole device pixels, or every bar would be smeared over two.
    const left = Math.round(viewport.from * this.scale.pixelsPerEvent);
    const top = Math.round((viewport.length - viewport.high) * this.scale.pixelsPerUnit);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    const missing = this.drawTiles(left, top);
    if (missing) this.whole = undefined;
    else this.whole = { from: viewport.from, to: viewport.to, low: viewport.low, high: viewport.high };
    return missing;
  }

  private drawTiles(left: number, top: number): boolean {
    const { canvas, context: pen } = this.surface;
    const deadline = performance.now() + BUDGET;
    let missing = false;
    let painted = false;
    const lastColumn = Math.floor((left + canvas.width - 1) / TILE);
    const lastLine = Math.floor((top + canvas.height - 1) / TILE);
    for (let column = Math.floor(left / TILE); column <= lastColumn; column++) {
      for (let line = Math.floor(top / TILE); line <= lastLine; line++) {
        let tile = this.tiles.get(column, line);
        if (tile === undefined && (!painted || performance.now() < deadline)) {
          tile = this.paint(column, line);
          painted = true;
        }
        const x = column * TILE - left;
        const y = line * TILE - top;
        if (tile !== undefined) {
          pen.drawImage(tile, x, y);
        } else {
          missing = true;
          this.drawStandIn(x, y);
        }
      }
    }
    return missing || this.paintAhead(left, top, deadline);
  }

  /** Tiles just outside, so that a pan finds them ready. */
  private paintAhead(left: number, top: number, deadline: number): boolean {
    const { canvas } = this.surface;
    const { viewport } = this.context;
    const first = Math.floor(left / TILE) - 1;
    const last = Math.floor((left + canvas.width - 1) / TILE) + 1;
    const lastLine = Math.floor((top + canvas.height - 1) / TILE);
    for (const column of [first, last]) {
      if (column < 0 || column * TILE > viewport.events * this.scale.pixelsPerEvent) continue;
      for (let line = Math.floor(top / TILE); line <= lastLine; line++) {
        if (this.tiles.get(column, line) !== undefined) continue;
        if (performance.now() >= deadline) return true;
        this.paint(column, line);
      }
    }
    return false;
  }

  private paint(column: number, line: number): HTMLCanvasElement {
    const { pixelsPerEvent, pixelsPerUnit } = this.scale;
    const view = {
      width: TILE,
      height: TILE,
      from: (column * TILE) / pixelsPerEvent,
      high: this.context.viewport.length - (line * TILE) / pixelsPerUnit,
      pixelsPerEvent,
      pixelsPerUnit,
    };
    const { report, index } = this.context;
    const image = this.raster.paint(view, report.allocations, index, this.colours.of, this.colours.palette);
    return this.tiles.put(column, line, image);
  }

  /** Copies the canvas if it holds a whole picture, before it goes out of date. */
  private keepPicture(): void {
    if (this.whole === undefined) return;
    const { canvas } = this.surface;
    this.last.width = canvas.width;
    this.last.height = canvas.height;
    this.last.getContext('2d')?.drawImage(canvas, 0, 0);
    this.lastShown = this.whole;
    this.whole = undefined;
  }

  private drawStandIn(x: number, y: number): void {
    const shown = this.lastShown;
    if (shown === undefined) return;
    const pen = this.surface.context;
    const { viewport } = this.context;
    const { pixelsPerEvent, pixelsPerUnit } = this.scale;
    pen.save();
    pen.beginPath();
    pen.rect(x, y, TILE, TILE);
    pen.clip();
    pen.imageSmoothingEnabled = false;
    pen.drawImage(
      this.last,
      (shown.from - viewport.from) * pixelsPerEvent,
      (viewport.high - shown.high) * pixelsPerUnit,
      (shown.to - shown.from) * pixelsPerEvent,
      (shown.high - shown.low) * pixelsPerUnit,
    );
    pen.restore();
  }
}

/** Equal but for the rounding that moving a viewport brings. */
function same(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(a, b);
}
