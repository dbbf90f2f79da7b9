/**
 * Characters that change how text looks without being seen: controls, marks of direction, invisible and unassigned ones,
 * line separators and lone surrogates.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\u00a0\u115f\u1160\u3164\uffa0]/gu;

/** `text` with every unseen character written out as `⟨U+202E⟩`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (found) => {
    const code = found.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
