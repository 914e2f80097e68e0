/** Draws an Adaptive Card as a small frame of text, as somebody in front of Teams would describe it. */
import type { AnyCard } from './card-reading.ts'
import { cut, widthOf, wrap } from './columns.ts'
import { type Colour, paint, type Style } from './style.ts'

export type Drawing = {
  /** Of the whole frame, in columns. */
  readonly width: number
  readonly colour: Colour
  /** What somebody has typed or chosen and not sent yet, by label. */
  readonly typed?: Readonly<Record<string, string>>
  /** A longer card is cut; the buttons at its end always stay. */
  readonly lines?: number
}

type Line = { readonly text: string; readonly styles?: readonly Style[]; readonly after?: readonly Line[] }
type Pen = Required<Pick<Drawing, 'typed'>>

const linesOfOneText = 5
const tones: Readonly<Record<string, readonly [string, Style]>> = {
  good: ['✓ ', 'green'],
  attention: ['! ', 'red'],
  warning: ['! ', 'yellow'],
}
const pressable = ['› ', 'bold'] as const

export function frame(card: AnyCard, { width, colour, typed = {}, lines = 40 }: Drawing): string {
  const inner = width - 4
  const body = listOf(card.body)
  // A row of buttons at the end is no part of what may be cut away.
  const end = body.findLastIndex(node => node.type !== 'ActionSet') + 1
  const whole = children(body.slice(0, end), inner, { typed })
  const shown = shortened(whole, lines)
  const buttons = [...children(body.slice(end), inner, { typed }), ...buttonLines(card.actions, inner)]
  const bar = (line: string) => paint(line, colour)
  const row = (line: Line) =>
    `${bar('│')} ${painted(line)}${' '.repeat(Math.max(0, inner - wideness(line)))} ${bar('│')}`
  return [
    bar(`╭${'─'.repeat(width - 2)}╮`),
    ...shown.map(row),
    ...(buttons.length > 0 ? [bar(`├${'─'.repeat(width - 2)}┤`), ...buttons.map(row)] : []),
    bar(`╰${'─'.repeat(width - 2)}╯`),
  ].join('\n')
}

function shortened(whole: readonly Line[], lines: number): readonly Line[] {
  if (whole.length <= lines) return whole
  const begins = whole.slice(0, lines - 1)
  if (begins.at(-1)?.text === '' && !begins.at(-1)?.after) begins.pop()
  return [...begins, { text: `… and ${whole.length - begins.length} lines more`, styles: ['dim'] }]
}

function painted({ text, styles = [], after = [] }: Line): string {
  return paint(text, ...styles) + after.map(painted).join('')
}

function wideness({ text, after = [] }: Line): number {
  return widthOf(text) + after.reduce((sum, each) => sum + wideness(each), 0)
}

function children(nodes: unknown, width: number, pen: Pen): Line[] {
  return listOf(nodes).flatMap((node, index) => {
    const drawn = draw(node, width, pen)
    const apart = node.separator === true || node.spacing === 'Large' || isField(node)
    return apart && index > 0 && drawn.length > 0 ? [{ text: '' }, ...drawn] : drawn
  })
}

function draw(node: AnyCard, width: number, pen: Pen): Line[] {
  switch (node.type) {
    case 'TextBlock':
      return paragraph(String(node.text), width, stylesOf(node))
    case 'RichTextBlock': {
      const runs = listOf(node.inlines)
      return paragraph(runs.map(run => String(run.text)).join(''), width, stylesOf(runs[0] ?? {}))
    }
    case 'Container':
      return container(node, width, pen)
    case 'ColumnSet':
      return sideBySide(listOf(node.columns), width, pen)
    case 'Table':
      return listOf(node.rows).flatMap(row => sideBySide(proportioned(row, node), width, pen))
    case 'ActionSet':
      return buttonLines(node.actions, width)
    case 'ProgressBar':
      return [progress(Number(node.value), Number(node.max), Math.min(width, 32))]
    default:
      return isField(node) ? field(node, width, pen) : []
  }
}

function isField(node: AnyCard): boolean {
  return typeof node.type === 'string' && node.type.startsWith('Input.')
}

function paragraph(text: string, width: number, styles: readonly Style[]): Line[] {
  const lines = wrap(text, width)
  const kept = lines.slice(0, linesOfOneText)
  if (kept.length < lines.length) kept[linesOfOneText - 1] = cut(`${kept.at(-1)} ……`, width)
  return kept.map(line => ({ text: line, styles }))
}

function stylesOf({ weight, style, isSubtle, color }: AnyCard): Style[] {
  return [
    ...(weight === 'Bolder' || style === 'heading' ? (['bold'] as const) : []),
    ...(isSubtle === true ? (['dim'] as const) : []),
    ...(color === 'Good' ? (['green'] as const) : []),
  ]
}

/** A notice carries its mark before its first line, and so does what can be pressed as a whole. */
function container(node: AnyCard, width: number, pen: Pen): Line[] {
  const [mark, style] = tones[String(node.style)] ?? (node.selectAction ? pressable : [])
  if (!mark || !style) return children(node.items, width, pen)
  return children(node.items, width - 2, pen).map((line, index) => ({
    text: index === 0 ? mark : '  ',
    styles: [style],
    after: [line],
  }))
}

/** Columns take the width they need; those that stretch share what is left. */
function sideBySide(columns: readonly AnyCard[], width: number, pen: Pen): Line[] {
  const gap = 2
  const fixed = columns.map(({ columns: wide, ...column }) => {
    if (typeof wide === 'number') return wide
    if (column.width !== 'auto') return undefined
    return Math.max(0, ...children(column.items, width, pen).map(wideness))
  })
  const left = width - gap * (columns.length - 1) - fixed.reduce((sum: number, each) => sum + (each ?? 0), 0)
  const share = Math.max(8, Math.floor(left / Math.max(1, fixed.filter(each => each === undefined).length)))
  const widths = fixed.map(each => each ?? share)
  const drawn = columns.map((column, index) => children(column.items, widths[index] ?? share, pen))
  return Array.from({ length: Math.max(0, ...drawn.map(lines => lines.length)) }, (_, row) => {
    const cells = drawn.map((lines, index): Line => {
      const line = lines[row] ?? { text: '' }
      const room = index === drawn.length - 1 ? 0 : (widths[index] ?? share) + gap - wideness(line)
      return { text: '', after: [line, { text: ' '.repeat(Math.max(0, room)) }] }
    })
    return { text: '', after: cells }
  })
}

/** A table's first columns get the width of a few words, its last the rest. */
function proportioned(row: AnyCard, table: AnyCard): AnyCard[] {
  const count = listOf(table.columns).length
  return listOf(row.cells).map((cell, index) => (index < count - 1 ? { ...cell, columns: 16 } : cell))
}

/** The most a phone shows in one row; what the card itself puts behind the dots stays there. */
function buttonLines(actions: unknown, width: number): Line[] {
  const all = listOf(actions)
  const titles = all.filter(({ mode }) => mode !== 'secondary').map(({ title }) => `[ ${String(title)} ]`)
  if (titles.length < all.length) titles.push('[···]')
  if (titles.length === 0) return []
  const lines: string[] = []
  for (const title of titles) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(`${last} ${title}`) <= width) lines[lines.length - 1] = `${last} ${title}`
    else lines.push(cut(title, width))
  }
  return lines.map(text => ({ text, styles: ['bold'] }))
}

function progress(value: number, max: number, width: number): Line {
  const done = Math.round((width * value) / Math.max(1, max))
  return { text: '━'.repeat(done), styles: ['green'], after: [{ text: '─'.repeat(width - done), styles: ['dim'] }] }
}

function field(node: AnyCard, width: number, { typed }: Pen): Line[] {
  const label = String(node.label)
  const value = typed[label] ?? String(node.value ?? '')
  const above = wrap(label, width).map(text => ({ text, styles: ['bold'] as const }))
  if (node.type === 'Input.ChoiceSet') {
    const choices = listOf(node.choices).flatMap(choice => {
      const chosen = String(choice.value) === value
      return wrap(String(choice.title), width - 2).map((text, index) => ({
        text: `${index > 0 ? ' ' : chosen ? '◉' : '○'} ${text}`,
        styles: chosen ? (['bold'] as const) : [],
      }))
    })
    return [...above, ...choices]
  }
  const written = value
    ? paragraph(value, width - 2, [])
    : [{ text: cut(String(node.placeholder ?? ''), width - 2), styles: ['dim'] as const }]
  return [...above, ...written.map(line => ({ text: '▏ ', styles: ['dim'] as const, after: [line] }))]
}

function listOf(nodes: unknown): AnyCard[] {
  return Array.isArray(nodes) ? nodes.filter(node => node !== null && typeof node === 'object') : []
}
