import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Names } from '../src/data/names';
import type { Report } from '../src/data/report';
import type { TreeNode, TreeOptions } from '../src/data/tree';
import { CallTree, HiddenFrames, Places } from '../src/data/tree';
import { weigh } from '../src/data/weights';
import { layout } from '../src/views/flame/layout';
import { report } from './build';

const STACKS = ['main;run;a;gc_alloc', 'main;run;b;gc_alloc;gc_collect;a', 'main;b'];

function example(): Report {
  return report(10, STACKS, [
    { start: 0, block: 0, size: 4, stack: 0 },
    { start: 1, block: 4, size: 2, stack: 1 },
    { start: 2, block: 6, size: 1, stack: 2 },
  ]);
}

function tree(made: Report, options: TreeOptions): CallTree {
  const names = new Names(made);
  const weights = weigh(made, { from: 0, to: 9 }, 9);
  return new CallTree(made, new Places(made, names), new HiddenFrames(made, names), weights, options);
}

function lines(made: Report, node: TreeNode, indent = ''): string[] {
  const names = new Names(made);
  return node.children.flatMap((child) => [
    `${indent}${names.function(child.frame)} ${child.total.live}`,
    ...lines(made, child, `${indent} `),
  ]);
}

test('the allocator and all that it calls is hidden', () => {
  const made = example();
  const found = tree(made, { inverted: false, allFrames: false });
  assert.deepEqual(lines(made, found.root), ['main 7', ' run 6', '  a 4', '  b 2', ' b 1']);
});

test('all frames show on request', () => {
  const made = example();
  const found = tree(made, { inverted: false, allFrames: true });
  assert.equal(lines(made, found.root).length, 9);
});

test('inverted, the innermost function comes first and one function is one node', () => {
  const made = example();
  const found = tree(made, { inverted: true, allFrames: false });
  assert.deepEqual(lines(made, found.root), ['a 4', ' run 4', '  main 4', 'b 3', ' run 2', '  main 2', ' main 1']);
});

test('boxes of a flame graph lie under their callers, heaviest first', () => {
  const made = example();
  const found = tree(made, { inverted: false, allFrames: false });
  const boxes = layout(found.root, 'live', 0);
  for (const box of boxes) {
    const caller = boxes.find((other) => other.node === box.node.parent);
    if (caller === undefined) continue;
    assert.ok(box.x >= caller.x - 1e-12 && box.x + box.width <= caller.x + caller.width + 1e-12);
    assert.equal(box.level, caller.level + 1);
  }
  assert.deepEqual(boxes.map((box) => Math.round(box.width * 7)), [7, 7, 6, 1, 4, 2]);
});

test('zooming in keeps the callers above at full width', () => {
  const found = tree(example(), { inverted: false, allFrames: false });
  const run = found.root.children[0].children[0];
  const boxes = layout(run, 'live', 0);
  assert.deepEqual(boxes.slice(0, 3).map(({ level, width }) => [level, width]), [[0, 1], [1, 1], [2, 1]]);
});

test('a stack of a hundred thousand frames is no trouble', () => {
  const deep = Array.from({ length: 100_000 }, (_, i) => i);
  const made = report(1, ['a'], [{ start: 0, block: 0, size: 1, stack: 0 }]);
  made.stacks = {
    count: deep.length + 1,
    callers: Uint32Array.from([0, ...deep]),
    frames: new Uint32Array(deep.length + 1),
  };
  made.allocations.stacks[0] = deep.length;
  const found = tree(made, { inverted: false, allFrames: true });
  assert.equal(layout(found.root, 'live', 0).length, deep.length + 1);
});
