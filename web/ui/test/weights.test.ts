import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cause } from '../src/data/report';
import { Usage } from '../src/data/usage';
import { weigh } from '../src/data/weights';
import { random, randomRows, report } from './build';

test('each metric agrees with its definition, row by row', () => {
  const stacks = ['main;a', 'main;b', 'main;b;c'];
  const rows = randomRows(7, 300, stacks.length);
  const made = report(600, stacks, rows);
  const usage = new Usage(made);
  const next = random(3);
  for (let round = 0; round < 40; round++) {
    const from = next(600);
    const to = Math.min(599, from + next(200));
    const usedAt = (event: number): number =>
      rows.filter((row) => row.start <= event && (row.end ?? Infinity) > event).reduce((sum, row) => sum + row.size, 0);
    let peakEvent = from;
    for (let event = from; event <= to; event++) if (usedAt(event) > usedAt(peakEvent)) peakEvent = event;
    assert.equal(usage.peakIn(from, to), peakEvent);
    const found = weigh(made, { from, to }, peakEvent);
    const sum = (column: Float64Array): number => column.reduce((a, b) => a + b, 0);
    const expect = (test: (start: number, end: number, cause: Cause | undefined) => boolean): number =>
      rows.filter((row) => test(row.start, row.end ?? Infinity, row.cause)).reduce((a, row) => a + row.size, 0);
    assert.equal(sum(found.byMetric.live), expect((start, end) => start <= to && end > to));
    assert.equal(sum(found.byMetric.peak), usedAt(peakEvent));
    assert.equal(sum(found.byMetric.total), expect((start) => start >= from && start <= to));
    assert.equal(
      sum(found.byMetric.temporary),
      expect((start, end, cause) => start >= from && start <= to && end - start <= 3 && cause !== Cause.REALLOC),
    );
  }
});

test('what has no row counts for the part of its slice that is selected', () => {
  const made = report(100, ['a'], []);
  made.meta.leftOutSlice = 50;
  made.leftOut.push({ stack: 1, slice: 0, count: 10, units: 40, temporary: 20 });
  const half = weigh(made, { from: 25, to: 99 }, 0);
  assert.equal(half.byMetric.total[1], 20);
  assert.equal(half.byMetric.temporary[1], 10);
  assert.equal(half.counts[1], 5);
  assert.equal(weigh(made, { from: 50, to: 99 }, 0).byMetric.total[1], 0);
});
