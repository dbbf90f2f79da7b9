import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IntervalIndex, lowerBound } from '../src/data/intervals';
import { pick } from '../src/views/map/pick';
import { random, randomRows, report } from './build';

test('a visit finds what a look at every row finds', () => {
  for (const count of [0, 1, 2, 31, 32, 33, 1000, 40_000]) {
    const { allocations: rows } = report(count * 2, ['a'], randomRows(count + 1, count, 1));
    const index = new IntervalIndex(rows.starts, rows.ends);
    const next = random(count);
    for (let round = 0; round < 50; round++) {
      const from = next(count * 2 + 4) - 2;
      const to = from + next(200);
      const found: number[] = [];
      index.visit(from, to, (row) => found.push(row));
      const expected: number[] = [];
      for (let row = 0; row < count; row++) if (rows.starts[row] < to && rows.ends[row] > from) expected.push(row);
      assert.deepEqual(found, expected, `${count} rows, ${from} to ${to}`);
    }
  }
});

test('the lower bound counts what is below', () => {
  const sorted = Float64Array.from([1, 3, 3, 7]);
  assert.deepEqual([0, 1, 2, 3, 4, 7, 8].map((value) => lowerBound(sorted, value)), [0, 0, 1, 1, 3, 3, 4]);
});

test('a pick is what covers most of the spot', () => {
  const { allocations: rows } = report(20, ['a'], [
    { start: 0, end: 10, block: 0, size: 1, stack: 0 },
    { start: 2, block: 1, size: 4, stack: 0 },
  ]);
  const index = new IntervalIndex(rows.starts, rows.ends);
  assert.equal(pick(rows, index, { from: 4, to: 5, low: 0.2, high: 0.8 }), 0);
  assert.equal(pick(rows, index, { from: 4, to: 5, low: 0.8, high: 3 }), 1);
  assert.equal(pick(rows, index, { from: 4, to: 5, low: 7, high: 8 }), undefined);
});
