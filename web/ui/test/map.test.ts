import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IntervalIndex } from '../src/data/intervals';
import { Raster } from '../src/views/map/raster';
import { Viewport } from '../src/page/viewport';
import { binaryTicks, ticks } from '../src/page/ticks';
import { random, randomRows, report } from './build';

// What the raster needs of a browser.
Object.assign(globalThis, {
  ImageData: class {
    readonly data: Uint8ClampedArray;
    constructor(
      readonly width: number,
      readonly height: number,
    ) {
      this.data = new Uint8ClampedArray(width * height * 4);
    }
  },
});

test('every allocation colours every pixel that it touches, and no other', () => {
  const { allocations: rows } = report(400, ['a'], randomRows(5, 200, 1));
  const index = new IntervalIndex(rows.starts, rows.ends);
  const next = random(9);
  for (let round = 0; round < 20; round++) {
    const view = {
      width: 32,
      height: 24,
      from: next(300),
      high: 20 + next(44),
      pixelsPerEvent: [0.05, 0.3, 1, 2.5][next(4)],
      pixelsPerUnit: [0.2, 1, 2][next(3)],
    };
    const image = new Raster().paint(view, rows, index, new Uint8Array(rows.count), Uint8Array.from([9, 9, 9]));
    for (let y = 0; y < view.height; y++) {
      for (let x = 0; x < view.width; x++) {
        const from = view.from + x / view.pixelsPerEvent;
        const to = view.from + (x + 1) / view.pixelsPerEvent;
        const high = view.high - y / view.pixelsPerUnit;
        const low = view.high - (y + 1) / view.pixelsPerUnit;
        let cover = 0;
        for (let row = 0; row < rows.count; row++) {
          const wide = Math.min(rows.ends[row], to) - Math.max(rows.starts[row], from);
          const tall = Math.min(rows.blocks[row] + rows.sizes[row], high) - Math.max(rows.blocks[row], low);
          if (wide > 0 && tall > 0) cover += wide * view.pixelsPerEvent * tall * view.pixelsPerUnit;
        }
        const alpha = image.data[(y * view.width + x) * 4 + 3];
        // Gaps are cut from bars of four pixels and more; such a pixel may be empty.
        const gaps = view.pixelsPerEvent * 100 >= 4 || view.pixelsPerUnit * 4 >= 4;
        if (cover < 1e-9) assert.equal(alpha, 0);
        else if (!gaps) assert.ok(alpha >= 102, `a pixel that ${cover} covers shows`);
      }
    }
  }
});

test('a viewport stays within the recording and keeps what is under the pointer', () => {
  const viewport = new Viewport(1000, 64);
  viewport.zoomTime(4, 500);
  assert.deepEqual([viewport.from, viewport.to], [375, 625]);
  viewport.pan(10, 0);
  assert.deepEqual([viewport.from, viewport.to], [750, 1000]);
  viewport.zoomTime(1e9, 800);
  assert.equal(viewport.span, 8);
  viewport.zoomTime(1e-9, 800);
  assert.deepEqual([viewport.from, viewport.to], [0, 1000]);
  viewport.zoomHeap(2, 0);
  assert.deepEqual([viewport.low, viewport.high], [0, 32]);
});

test('ticks are round, within range and about as many as wanted', () => {
  assert.deepEqual(ticks(0, 100, 5), [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(binaryTicks(0, 64, 4), [0, 16, 32, 48, 64]);
  assert.deepEqual(ticks(5, 5, 4), []);
  for (const span of [3, 70, 999, 1e6, 3e9]) {
    const found = ticks(17, 17 + span, 8);
    assert.ok(found.length >= 1 && found.length <= 9, `${found.length} ticks in ${span}`);
  }
});
