/** Device pixels of a tile's side. */
export const TILE = 256;

const MOST_TILES = 160;

/** Rendered squares of the map at one scale, dropped oldest first. */
export class TileCache {
  private readonly tiles = new Map<string, HTMLCanvasElement>();
  private readonly spare: HTMLCanvasElement[] = [];

  get(column: number, line: number): HTMLCanvasElement | undefined {
    return this.tiles.get(`${column},${line}`);
  }

  put(column: number, line: number, image: ImageData): HTMLCanvasElement {
    if (this.tiles.size >= MOST_TILES) {
      const oldest = this.tiles.entries().next().value;
      if (oldest !== undefined) {
        this.tiles.delete(oldest[0]);
        this.spare.push(oldest[1]);
      }
    }
    const tile = this.spare.pop() ?? document.createElement('canvas');
    tile.width = image.width;
    tile.height = image.height;
    tile.getContext('2d')?.putImageData(image, 0, 0);
    this.tiles.set(`${column},${line}`, tile);
    return tile;
  }

  clear(): void {
    this.spare.push(...this.tiles.values());
    this.spare.length = Math.min(this.spare.length, MOST_TILES);
    this.tiles.clear();
  }
}
