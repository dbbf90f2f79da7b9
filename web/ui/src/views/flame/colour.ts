/** A quiet colour for a function: the hue follows its file, so that code that lies together looks alike. */
export function flameColour(file: string, name: string, dark: boolean, interpreted: boolean): string {
  const hue = interpreted ? 150 + (hash(file) % 30) : [24, 36, 210, 262, 334, 190, 48][hash(file) % 7] + (hash(name) % 9);
  const light = dark ? 34 + (hash(name) % 7) : 80 + (hash(name) % 6);
  return `hsl(${hue} ${dark ? 38 : 62}% ${light}%)`;
}

function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  return value >>> 0;
}
