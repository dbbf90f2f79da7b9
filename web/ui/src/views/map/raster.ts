import type { IntervalIndex } from '../../data/intervals';
import type { Allocations } from '../../data/report';

/** Pixels that a bar touches show at least this much of its colour, however little of them it covers. */
const LEAST_ALPHA = 0.4;

/** From this many pixels a bar is high enough to lose one to the gap that tells it from its neighbour. */
const GAP_FROM = 4;

/** What part of the map a raster shows, in device pixels. */
export interface RasterView {
  width: number;
  height: number;
  /** First event at the left edge. */
  from: number;
  /** Position at the upper edge. */
  high: number;
  pixelsPerEvent: number;
  pixelsPerUnit: number;
}

/** How much of a pixel's colour is that of its leading bar; the rest is the mean of all that it holds. */
const LEADING = 0.6;

/**
 * Paints bars by the area they cover of each pixel: where a thousand allocations fall into one pixel, a large one of them
 * leads and all of them tint it. Which of several large ones leads is up to a fixed lot for each allocation, so that a
 * pattern finer than pixels shows its mixture and no moiré, and nothing flickers while the map moves.
 */
export class Raster {
  /** For each pixel red, green and blue, each times the area it covers, and the area. */
  private sums = new Float32Array(0);
  /** For each pixel the score, area times lot, and the colour of its leading bar. */
  private most = new Float32Array(0);
  private leaders = new Uint16Array(0);

  /**
   * @param colourOf for each row a number of `palette`
   * @param palette  red, green, blue, from 0 to 255, three entries a colour
   */
  paint(
    view: RasterView,
    rows: Allocations,
    index: IntervalIndex,
    colourOf: Uint8Array,
    palette: Uint8Array,
  ): ImageData {
    const { width, height } = view;
    const length = width * height * 4;
    if (this.sums.length < length) {
      this.sums = new Float32Array(length);
      this.most = new Float32Array(length / 4);
      this.leaders = new Uint16Array(length / 4);
    } else {
      this.sums.fill(0, 0, length);
      this.most.fill(0, 0, length / 4);
    }
    const to = view.from + width / view.pixelsPerEvent;
    const low = view.high - height / view.pixelsPerUnit;
    index.visit(view.from, to, (row) => {
      const block = rows.blocks[row];
      if (block >= view.high || block + rows.sizes[row] <= low) return;
      this.bar(view, rows, row, colourOf[row] * 3, palette);
    });
    return this.image(width, height, palette);
  }

  private bar(view: RasterView, rows: Allocations, row: number, colour: number, palette: Uint8Array): void {
    const { width, height } = view;
    const left = Math.max((rows.starts[row] - view.from) * view.pixelsPerEvent, 0);
    let right = Math.min((rows.ends[row] - view.from) * view.pixelsPerEvent, width);
    const bottom = (view.high - rows.blocks[row]) * view.pixelsPerUnit;
    let top = bottom - rows.sizes[row] * view.pixelsPerUnit;
    if (bottom - top >= GAP_FROM) top += 1;
    if (right - left >= GAP_FROM && right < width) right -= 1;
    top = Math.max(top, 0);
    const end = Math.min(bottom, height);
    if (right <= left || end <= top) return;
    const lot = lotOf(row);
    const red = palette[colour];
    const green = palette[colour + 1];
    const blue = palette[colour + 2];
    const { sums, most, leaders } = this;
    const firstColumn = Math.floor(left);
    const lastColumn = Math.min(width - 1, Math.ceil(right) - 1);
    const lastLine = Math.min(height - 1, Math.ceil(end) - 1);
    for (let y = Math.floor(top); y <= lastLine; y++) {
      const part = Math.min(end, y + 1) - Math.max(top, y);
      const score = part * lot;
      const line = y * width;
      if (firstColumn === lastColumn) {
        this.add(line + firstColumn, lot, colour, red, green, blue, part * (right - left));
        continue;
      }
      this.add(line + firstColumn, lot, colour, red, green, blue, part * (firstColumn + 1 - left));
      this.add(line + lastColumn, lot, colour, red, green, blue, part * (right - lastColumn));
      const stop = line + lastColumn;
      for (let pixel = line + firstColumn + 1; pixel < stop; pixel++) {
        const at = pixel * 4;
        sums[at] += red * part;
        sums[at + 1] += green * part;
        sums[at + 2] += blue * part;
        sums[at + 3] += part;
        if (score > most[pixel]) {
          most[pixel] = score;
          leaders[pixel] = colour;
        }
      }
    }
  }

  private add(pixel: number, lot: number, colour: number, red: number, green: number, blue: number, cover: number): void {
    const { sums, most, leaders } = this;
    const at = pixel * 4;
    sums[at] += red * cover;
    sums[at + 1] += green * cover;
    sums[at + 2] += blue * cover;
    sums[at + 3] += cover;
    if (cover * lot > most[pixel]) {
      most[pixel] = cover * lot;
      leaders[pixel] = colour;
    }
  }

  private image(width: number, height: number, palette: Uint8Array): ImageData {
    const image = new ImageData(width, height);
    const pixels = image.data;
    const sums = this.sums;
    for (let at = 0; at < pixels.length; at += 4) {
      const cover = sums[at + 3];
      if (cover === 0) continue;
      const leader = this.leaders[at / 4];
      for (let part = 0; part < 3; part++) {
        pixels[at + part] = LEADING * palette[leader + part] + (1 - LEADING) * (sums[at + part] / cover);
      }
      pixels[at + 3] = Math.min(1, Math.max(cover, LEAST_ALPHA)) * 255;
    }
    return image;
  }
}

/** A number from 0.3 to 1 that is always the same for one row and looks random over many. */
function lotOf(row: number): number {
  let mixed = Math.imul(row ^ (row >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return 0.3 + 0.7 * (((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32);
}
