import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteReader } from '../src/data/bytes';

const reader = (...bytes: number[]): ByteReader => new ByteReader(Uint8Array.from(bytes));

test('unsigned numbers take seven bits a byte, lowest first', () => {
  assert.equal(reader(0x7f).unsigned(), 127);
  assert.equal(reader(0x80, 0x01).unsigned(), 128);
  assert.equal(reader(0xff, 0xff, 0xff, 0xff, 0x0f).unsigned(), 2 ** 32 - 1);
  assert.equal(reader(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f).unsigned(), 2 ** 53 - 1);
});

test('signed numbers alternate', () => {
  const expected = [0, -1, 1, -2, 2];
  assert.deepEqual(expected.map((_, i) => reader(i).signed()), expected);
});

test('what lies beyond the data is an error and no allocation', () => {
  assert.throws(() => reader().u8(), RangeError);
  assert.throws(() => reader(0x80).unsigned(), RangeError);
  assert.throws(() => reader(...new Array<number>(20).fill(0x80)).unsigned(), RangeError);
  assert.throws(() => reader(0xff, 0xff, 0x7f).count(1), RangeError);
  assert.throws(() => reader(5, 65).text(), RangeError);
});
