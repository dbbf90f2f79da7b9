import type { TreeNode } from '../../data/tree';
import type { Metric } from '../../data/weights';

export interface Box {
  node: TreeNode;
  /** Level below the focus; ancestors of the focus come first, at full width. */
  level: number;
  /** Left edge and width in parts of the whole. */
  x: number;
  width: number;
}

/** Children by weight, heaviest first; of equals the one that was added first. */
export function heaviestFirst(node: TreeNode, metric: Metric): TreeNode[] {
  return node.children.filter((child) => child.total[metric] > 0).sort((a, b) => b.total[metric] - a.total[metric]);
}

/**
 * Boxes of the focus, of its callers above it and of all below it that are at least `least` wide, top level first and from
 * left to right. Nothing recurses: a stack may be as deep as its input says.
 */
export function layout(focus: TreeNode, metric: Metric, least: number): Box[] {
  const boxes: Box[] = [];
  const ancestors: TreeNode[] = [];
  for (let node = focus.parent; node !== undefined; node = node.parent) ancestors.push(node);
  ancestors.reverse().forEach((node, level) => boxes.push({ node, level, x: 0, width: 1 }));
  const whole = focus.total[metric];
  if (whole <= 0) return boxes;
  let row: Box[] = [{ node: focus, level: ancestors.length, x: 0, width: 1 }];
  while (row.length > 0) {
    boxes.push(...row);
    const next: Box[] = [];
    for (const box of row) {
      let x = box.x;
      for (const child of heaviestFirst(box.node, metric)) {
        const width = child.total[metric] / whole;
        if (width >= least) next.push({ node: child, level: box.level + 1, x, width });
        x += width;
      }
    }
    row = next;
  }
  return boxes;
}
