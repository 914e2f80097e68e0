/** Somebody's programmes, to go from one to another; also when what they typed could mean several. */
import type { Role } from '../../../domain/profile.ts'
import type { Programme } from '../../../domain/programme.ts'
import { inputId } from '../../actions.ts'
import { press } from '../../press.ts'
import type { Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { dotted, fitting, oneLine } from '../../words.ts'
import { maybe } from '../parts.ts'

export type MyProgramme = { readonly programme: Programme; readonly roles: readonly Role[]; readonly lastUsed: boolean }

type ProgrammesInput = {
  readonly all: readonly MyProgramme[]
  readonly page: number
  /** The command that could mean several, and what was typed behind it. */
  readonly asked?: { readonly name: string; readonly rest: string }
  /** How many were put away; or that these are those. */
  readonly away?: number | 'these'
}

const aPage = 10
/** More was never typed behind a command of ours. */
const restUnits = 8000

export function programmesCard(reader: Reader, { all, page, asked, away = 0 }: ProgrammesInput): RenderedCard {
  const { language } = reader
  const name = asked && { name: asked.name }
  const shown = all.slice((page - 1) * aPage, page * aPage)
  const intro = introOf(all, asked !== undefined, away)
  const value = fitting(asked?.rest ?? '', restUnits)
  return render('programmes', reader, {
    intro: say(language, intro, { count: all.length }),
    typed: maybe(value !== '', { id: inputId('rest', reader.rendering), value }),
    rows: shown.map(({ programme, roles, lastUsed }) => ({
      name: oneLine(programme.name),
      go: say(language, asked ? 'programmes.go' : 'programmes.open'),
      about: dotted(
        ...roles.map(role => say(language, `programmes.${role}`)),
        programme.closedAt && say(language, 'programmes.closed'),
        lastUsed ? say(language, 'programmes.current') : undefined,
      ),
      use: press('use', { programme: programme.programme, ...name }),
    })),
    more: maybe(all.length > page * aPage, {
      data: press('programmes', { page: page + 1, ...name, away: away === 'these' }),
    }),
    others: maybe(!asked && away !== 0, {
      title: say(language, away === 'these' ? 'programmes.notAway' : 'programmes.away'),
      data: press('programmes', { page: 1, away: away !== 'these' }),
    }),
  })
}

function introOf(all: readonly MyProgramme[], asked: boolean, away: ProgrammesInput['away']) {
  if (asked) return 'programmes.which'
  if (all.length === 0) return 'programmes.none'
  return away === 'these' ? 'programmes.introAway' : 'programmes.intro'
}
