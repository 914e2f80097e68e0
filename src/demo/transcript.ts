/** The tour on paper: who does what, and what they see then. */
import type { AnyCard } from './card-reading.ts'
import { cut, widthOf } from './columns.ts'
import { type Drawing, frame } from './frame.ts'
import { type Colour, paint } from './style.ts'

export type Role = { readonly name: string; readonly colour: Colour }

export type Transcript = ReturnType<typeof createTranscript>

const width = 76
const margin = '  '

export function createTranscript(print: (text: string) => void) {
  let scenes = 0

  return {
    title: (text: string) => print(`\n${paint(text, 'bold')}`),
    /** A new scene, and when it happens. */
    scene: (title: string, when: string) => {
      scenes++
      const begins = `━━ ${scenes}  ${title} `
      const rest = Math.max(2, width - widthOf(begins) - widthOf(when) - 4)
      print(`${paint(`${begins}${'━'.repeat(rest)} ${when} ━━`, 'bold')}\n`)
    },
    /** One thing somebody does. */
    does: ({ name, colour }: Role, what: string) => print(`${paint(name, 'bold', colour)} ${what}`),
    sees: ({ colour }: Role, card: AnyCard, also: Partial<Drawing> = {}) =>
      print(`${frame(card, { width: width - margin.length, colour, ...also }).replace(/^/gm, margin)}\n`),
    /** One line of many alike, shortened. */
    row: (...columns: readonly [text: string, wide: number][]) => {
      const cells = columns.map(([text, wide]) => {
        const short = cut(text, wide)
        return short + ' '.repeat(Math.max(0, wide - widthOf(short)))
      })
      print(`${margin}${paint(cells.join('  ').trimEnd(), 'dim')}`)
    },
    /** What the reader should know and nobody on the stage says. */
    aside: (text: string) => print(`${paint(text, 'dim')}\n`),
    gap: () => print(''),
  }
}
