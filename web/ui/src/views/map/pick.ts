import type { IntervalIndex } from '../../data/intervals';
import type { Allocations } from '../../data/report';

/** A small rectangle of the map: what the pointer stands for. */
export interface Spot {
  from: number;
  to: number;
  low: number;
  high: number;
}

/** The allocation that covers most of the spot; of equals the one that began last. */
export function pick(rows: Allocations, index: IntervalIndex, spot: Spot): number | undefined {
  let best: number | undefined;
  let bestCover = 0;
  index.visit(spot.from, spot.to, (row) => {
    const block = rows.blocks[row];
    const height = Math.min(block + rows.sizes[row], spot.high) - Math.max(block, spot.low);
    if (height <= 0) return;
    const cover = height * (Math.min(rows.ends[row], spot.to) - Math.max(rows.starts[row], spot.from));
    if (cover >= bestCover) {
      bestCover = cover;
      best = row;
    }
  });
  return best;
}
