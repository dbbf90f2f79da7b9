import { button, el } from './dom';

const KEYS: readonly [string, string][] = [
  ['/', 'search functions and files'],
  ['m', 'move to the map'],
  ['f', 'move to the flame graph'],
  ['← → ↑ ↓', 'map: pan; with Shift by half a view'],
  ['+ −', 'map: zoom time'],
  ['PgUp PgDn', 'map: zoom the heap'],
  ['Home', 'map: show all'],
  ['s', 'select what the map shows'],
  ['Enter', 'flame graph: zoom in'],
  ['Esc', 'take back: search, pin, highlight, zoom, selection'],
  ['1 2 3 4', 'live, peak, total, temporary'],
  ['i', 'invert the flame graph'],
  ['a', 'show or hide allocator frames'],
  ['t', 'light, dark or the system’s theme'],
  ['?', 'this list'],
];

const POINTER: readonly [string, string][] = [
  ['wheel', 'zoom time; with Shift the heap'],
  ['drag', 'pan; with Shift select a range of events'],
  ['click', 'pin an allocation'],
  ['drag the strip', 'select a range; a click clears it'],
];

/** The list of keys, as a dialog that Escape closes and that gives the focus back. */
export function helpDialog(): HTMLDialogElement {
  const list = (rows: readonly [string, string][]): HTMLElement => {
    const made = el('dl', { class: 'keys' });
    for (const [key, meaning] of rows) made.append(el('dt', {}, el('kbd', {}, key)), el('dd', {}, meaning));
    return made;
  };
  const dialog = el('dialog', { class: 'help', 'aria-labelledby': 'help-title' });
  dialog.append(
    el('h2', { id: 'help-title' }, 'Keys and pointer'),
    list(KEYS),
    list(POINTER),
    el('p', {}, 'Live is what is alive after the last event of the range, peak what was alive when the heap held most in it, total all that was allocated in it, temporary what was freed soon after.'),
    button('Close', 'Escape closes too', () => dialog.close()),
  );
  return dialog;
}
