import { visible } from '../text/visible';
import type { Report } from './report';

/** Names of frames for people; every text is made visible, whatever the input held. */
export class Names {
  private readonly functions: string[] = [];
  private readonly locations: string[] = [];

  constructor(private readonly report: Report) {}

  function(frame: number): string {
    return (this.functions[frame] ??= visible(this.report.strings[this.report.frames.functions[frame]] || '??'));
  }

  /** `file:line`, the file alone, or the address. */
  location(frame: number): string {
    return (this.locations[frame] ??= this.makeLocation(frame));
  }

  address(frame: number): string {
    const { addressLow, addressHigh } = this.report.frames;
    const low = addressLow[frame].toString(16);
    return addressHigh[frame] === 0 ? `0x${low}` : `0x${addressHigh[frame].toString(16)}${low.padStart(8, '0')}`;
  }

  isAllocator(frame: number): boolean {
    return (this.report.frames.flags[frame] & 2) !== 0;
  }

  isInterpreted(frame: number): boolean {
    return (this.report.frames.flags[frame] & 1) !== 0;
  }

  /** The frames of a stack, innermost first. */
  framesOf(stack: number): number[] {
    const { callers, frames } = this.report.stacks;
    const result: number[] = [];
    for (let at = stack; at !== 0; at = callers[at]) result.push(frames[at]);
    return result;
  }

  private makeLocation(frame: number): string {
    const { files, lines } = this.report.frames;
    const file = visible(this.report.strings[files[frame]]);
    if (file === '') return this.address(frame);
    return lines[frame] === 0 ? file : `${file}:${lines[frame]}`;
  }
}

/** The last component of a path with its line: what fits a narrow place. */
export function shortLocation(location: string): string {
  return location.slice(Math.max(location.lastIndexOf('/'), location.lastIndexOf('\\')) + 1);
}
