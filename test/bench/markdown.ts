/** Tables as they are pasted into the README. */

/** The first column reads from the left; the others are numbers, unless they are `words`. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  others: 'numbers' | 'words' = 'numbers',
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  const rule = `|${head.map((_cell, index) => (index === 0 || others === 'words' ? '---' : '--:')).join('|')}|`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

export const oneDecimal = (value: number) => value.toFixed(1)
