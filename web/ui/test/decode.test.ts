import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../src/data/decode';

const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];
const section = (name: string, ...body: number[]): number[] => [
  name.length,
  ...ascii(name),
  body.length & 255,
  body.length >> 8,
  0,
  0,
  ...body,
];

const page = [
  ...ascii('chipray1'),
  ...section('meta', ...ascii('{"title":"t","timeUnit":"milliseconds"}')),
  ...section('strings', 2, 0, 1, 0x66),
  ...section('frames', 1, 1, 0, 7, 0x10, 0, 2),
  ...section('stacks', 2, 0, 0),
  ...section('timeline', 2, 1, 5, 9, 3, 4),
  ...section('leftout', 1, 0, 3, 4, 2),
  ...section('rows', 2),
  ...section('start', 0, 5),
  ...section('life', 3, 0),
  ...section('block', 8, 9),
  ...section('size', 1, 2),
  ...section('stack', 1, 1),
  ...section('cause', 1, 8),
  ...section('endstack', 0),
  ...section('time', 20, 1),
  ...section('span', 6),
];

test('sections become columns', () => {
  const report = decode(Uint8Array.from(page));
  assert.equal(report.meta.title, 't');
  assert.deepEqual(report.strings, ['', 'f']);
  assert.deepEqual([...report.stacks.callers], [0, 0]);
  const rows = report.allocations;
  assert.deepEqual([...rows.starts], [0, 5]);
  assert.deepEqual([...rows.ends], [3, Infinity]);
  assert.deepEqual([...rows.blocks], [8, 9]);
  assert.deepEqual([...rows.causes], [1, 0]);
  assert.deepEqual([...rows.resized], [0, 1]);
  assert.deepEqual([...(rows.startTimes ?? [])], [10, 9]);
  assert.deepEqual([...(rows.endTimes ?? [])], [13, Infinity]);
  assert.deepEqual([...report.timeline.firsts], [0, 2]);
  assert.deepEqual(report.leftOut, [{ stack: 1, slice: 0, count: 3, units: 4, temporary: 2 }]);
});

test('data that was cut anywhere is an error', () => {
  for (let length = 0; length < page.length; length++) {
    assert.throws(() => decode(Uint8Array.from(page.slice(0, length))), `cut at ${length}`);
  }
});
