/** Text in a terminal: how many columns it takes, and where it may be broken. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const wide =
  '\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff00-\\uff60\\uffe0-\\uffe6'
const isWide = new RegExp(`[${wide}]|\\p{Emoji_Presentation}`, 'u')
const isNothing = /^[\p{Cf}\p{M}]+$/u
/** One word with the spaces behind it, or one wide character with the punctuation that must not begin a line. */
const piece = new RegExp(`[${wide}][，。：；？！、》”）]*|[^\\s${wide}]+\\s*|\\s+`, 'gu')

/** Chinese characters and most emoji take two columns. */
export function widthOf(text: string): number {
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += isNothing.test(segment) ? 0 : isWide.test(segment) ? 2 : 1
  return width
}

/** Lines of at most this width, broken between words (or wherever Chinese may be broken). Never empty. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const next of paragraph.match(piece) ?? []) {
      if (line && widthOf(line + next.trimEnd()) > width) {
        lines.push(line.trimEnd())
        line = ''
      }
      line += cut(next, width)
    }
    lines.push(line.trimEnd())
  }
  return lines
}

/** The text when it fits, else its beginning and an ellipsis. */
export function cut(text: string, width: number): string {
  if (widthOf(text.trimEnd()) <= width) return text
  let short = ''
  for (const { segment } of graphemes.segment(text)) {
    if (widthOf(short + segment) > width - 1) break
    short += segment
  }
  return `${short.trimEnd()}…`
}
