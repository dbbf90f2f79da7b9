import type { Names } from './names';
import type { Report } from './report';
import type { Metric, Weights } from './weights';
import { METRICS } from './weights';

export interface TreeOptions {
  inverted: boolean;
  allFrames: boolean;
}

/** A call path; the root has frame -1. */
export interface TreeNode {
  frame: number;
  parent: TreeNode | undefined;
  depth: number;
  children: TreeNode[];
  total: Record<Metric, number>;
  self: Record<Metric, number>;
  count: number;
  selfCount: number;
  byLocation: Map<number, TreeNode> | undefined;
}

/** Numbers that are equal for frames of the same place: siblings are one where their location is. */
export class Places {
  readonly of: Uint32Array;

  constructor(report: Report, names: Names) {
    this.of = new Uint32Array(report.frames.count);
    const known = new Map<string, number>();
    for (let frame = 0; frame < report.frames.count; frame++) {
      const location = names.location(frame);
      const place = known.get(location) ?? known.size;
      known.set(location, place);
      this.of[frame] = place;
    }
  }
}

/** Merges the stacks that weigh anything into a tree, heaviest children first by `sortBy`. */
export class CallTree {
  readonly root = newNode(-1, undefined);
  /** Node where each stack ends. */
  readonly nodeOfStack: (TreeNode | undefined)[];
  maxDepth = 0;

  constructor(
    private readonly report: Report,
    private readonly places: Places,
    private readonly hidden: HiddenFrames,
    weights: Weights,
    readonly options: TreeOptions,
  ) {
    this.nodeOfStack = new Array<TreeNode | undefined>(report.stacks.count);
    for (let stack = 0; stack < report.stacks.count; stack++) {
      if (weights.counts[stack] === 0 && METRICS.every((metric) => weights.byMetric[metric][stack] === 0)) continue;
      this.add(stack, weights);
    }
  }

  private add(stack: number, weights: Weights): void {
    const path = this.path(stack);
    let node = this.root;
    addTo(node, weights, stack);
    for (const frame of path) {
      node = this.child(node, frame);
      addTo(node, weights, stack);
    }
    for (const metric of METRICS) node.self[metric] += weights.byMetric[metric][stack];
    node.selfCount += weights.counts[stack];
    this.nodeOfStack[stack] = node;
  }

  /** The frames of a stack in the order of the tree's levels. */
  private path(stack: number): number[] {
    const { callers, frames } = this.report.stacks;
    const path: number[] = [];
    for (let at = this.options.allFrames ? stack : this.hidden.visible[stack]; at !== 0; at = callers[at]) {
      path.push(frames[at]);
    }
    return this.options.inverted ? path : path.reverse();
  }

  private child(parent: TreeNode, frame: number): TreeNode {
    const children = (parent.byLocation ??= new Map<number, TreeNode>());
    const place = this.places.of[frame];
    let node = children.get(place);
    if (node === undefined) {
      node = newNode(frame, parent);
      children.set(place, node);
      parent.children.push(node);
      if (node.depth > this.maxDepth) this.maxDepth = node.depth;
    }
    return node;
  }
}

/** For each stack the part that shows while the allocator's own frames are hidden: all before it is first entered. */
export class HiddenFrames {
  readonly visible: Uint32Array;

  constructor(report: Report, names: Names) {
    const { stacks } = report;
    this.visible = new Uint32Array(stacks.count);
    for (let stack = 1; stack < stacks.count; stack++) {
      const caller = stacks.callers[stack];
      const cut = this.visible[caller] !== caller || names.isAllocator(stacks.frames[stack]);
      this.visible[stack] = cut ? this.visible[caller] : stack;
    }
  }
}

function newNode(frame: number, parent: TreeNode | undefined): TreeNode {
  return {
    frame,
    parent,
    depth: parent === undefined ? 0 : parent.depth + 1,
    children: [],
    total: { live: 0, peak: 0, total: 0, temporary: 0 },
    self: { live: 0, peak: 0, total: 0, temporary: 0 },
    count: 0,
    selfCount: 0,
    byLocation: undefined,
  };
}

function addTo(node: TreeNode, weights: Weights, stack: number): void {
  const { live, peak, total, temporary } = weights.byMetric;
  node.total.live += live[stack];
  node.total.peak += peak[stack];
  node.total.total += total[stack];
  node.total.temporary += temporary[stack];
  node.count += weights.counts[stack];
}
