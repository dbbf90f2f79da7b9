/** Reads the numbers and texts of one section; every read checks what remains. */
export class ByteReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  u8(): number {
    if (this.at >= this.bytes.length) throw new RangeError('the data ends too early');
    return this.bytes[this.at++];
  }

  u32(): number {
    return this.u8() + this.u8() * 0x100 + this.u8() * 0x10000 + this.u8() * 0x1000000;
  }

  /** An unsigned LEB128 number. Above 2^53 it is the nearest number that JavaScript has. */
  unsigned(): number {
    let value = this.u8();
    if (value < 0x80) return value;
    value &= 0x7f;
    let scale = 0x80;
    for (;;) {
      const next = this.u8();
      value += (next & 0x7f) * scale;
      if (next < 0x80) return value;
      scale *= 0x80;
      if (scale > 2 ** 70) throw new RangeError('a number without end');
    }
  }

  /** A zigzag LEB128 number. */
  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text(): string {
    return new TextDecoder().decode(this.take(this.unsigned()));
  }

  take(length: number): Uint8Array {
    if (length > this.remaining) throw new RangeError('the data ends too early');
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }

  /** Reads a count of things that take at least `least` bytes each, so that nothing is allocated for a lie. */
  count(least: number): number {
    const count = this.unsigned();
    if (count * least > this.remaining) throw new RangeError('a count beyond the data');
    return count;
  }
}
