import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, compact, percent, plural, seconds, Units } from '../src/text/units';
import { report } from './build';

test('bytes print in KiB and MiB', () => {
  assert.deepEqual([0, 1023, 1024, 1536, 102_400, 5 * 2 ** 20].map(bytes), ['0 B', '1,023 B', '1 KiB', '1.5 KiB', '100 KiB', '5 MiB']);
});

test('long numbers are short on axes', () => {
  assert.deepEqual([0, 950, 1500, 120_000, 1e6, 2.5e9].map(compact), ['0', '950', '1.5k', '120k', '1M', '2.5G']);
});

test('shares and counts read as words', () => {
  assert.deepEqual([percent(1, 3), percent(0, 0), percent(1, 1e6), percent(5, 5)], ['33.3 %', '0 %', '<0.1 %', '100 %']);
  assert.deepEqual([plural(1, 'block'), plural(1200, 'block')], ['1 block', '1,200 blocks']);
  assert.deepEqual([2, 0.25, 0.0004, 3e-8].map(seconds), ['2.00 s', '250 ms', '400 µs', '30 ns']);
});

test('sizes are in blocks until the size of a block is known', () => {
  const { meta } = report(1, [], []);
  assert.equal(new Units(meta).size(3), '3 blocks');
  assert.equal(new Units({ ...meta, blockSize: 16 }).sizeInFull(3), '48 B (3 blocks)');
  assert.equal(new Units({ ...meta, unit: 'bytes', heapStart: String(2n ** 64n - 4096n) }).position(16), '0xfffffffffffff010');
});
