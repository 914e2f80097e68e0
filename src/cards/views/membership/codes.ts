/** Join codes: the coach's card of one, the card in which a code is typed, and the welcome of whoever came to lead or coach. */
import type { CodeKind } from '../../../domain/membership/joining.ts'
import type { Programme } from '../../../domain/programme.ts'
import type { Instant } from '../../../domain/values.ts'
import { inputId } from '../../actions.ts'
import { type Button, button, press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say } from '../../texts.ts'
import { fitting, oneLine } from '../../words.ts'
import { alerts, maybe } from '../parts.ts'

/** A code that comes back takes at most so much of a card, in UTF-16 code units. */
const typedUnits = 400

type CodeInput = {
  readonly programme: Programme
  readonly kind: CodeKind
  /** `message`: what is written to the bot to join, `link`: opens the chat with that typed. */
  readonly code?:
    | { readonly text: string; readonly message: string; readonly link: string; readonly since: Instant }
    | undefined
  /** How many of its places. */
  readonly taken: number
  readonly places: number
  readonly install: string | undefined
  readonly alert: Alert | undefined
}

/** The code, what is left of it, a text to send, and another code or none. */
export function codeCard(reader: Reader, input: CodeInput): RenderedCard {
  const { programme, kind, code, taken, places, install, alert } = input
  const { language, rendering } = reader
  const id = programme.programme
  const about = { programme: id, code: kind, ...(code && { of: code.since }) }
  const other = kind === 'participant' ? 'leader' : 'participant'
  return render('invite', reader, {
    alerts: alerts(alert),
    programme: oneLine(programme.name),
    heading: say(language, `codes.heading.${kind}`),
    intro: say(language, `codes.intro.${kind}`),
    byName: maybe(programme.closedAt === undefined, byName(reader, id, kind)),
    code: maybe(code !== undefined, {
      text: code?.text,
      left: say(language, 'codes.left', { left: Math.max(0, places - taken), places }),
      copy: {
        id: inputId('text', rendering),
        label: say(language, 'codes.copy'),
        value: code ? toSend(programme, kind, code, install) : '',
      },
      back: press('takeBackCode', about),
    }),
    none: maybe(code === undefined, { text: say(language, programme.closedAt ? 'codes.closed' : 'codes.none') }),
    open: maybe(programme.closedAt === undefined, {
      places: { id: inputId('places', rendering), label: say(language, 'codes.places'), value: String(places) },
      save: maybe(code !== undefined, { data: press('newCode', { ...about, same: true }) }),
      renew: press('newCode', about),
    }),
    other: say(language, `codes.other.${other}`),
    otherCode: press('invitePeople', { programme: id, code: other }),
    home: press('home', { programme: id }),
  })
}

/** The other way: to name people instead of sending them a code. */
function byName({ language }: Reader, programme: string, kind: CodeKind): Button {
  return kind === 'participant'
    ? button('inviteForm', say(language, 'codes.byName'), { programme })
    : button('leadersForm', say(language, 'codes.leadersByName'), { programme })
}

/** In the programme's language, since it goes to its people. */
function toSend(
  { name, language }: Programme,
  kind: CodeKind,
  { message, link }: { readonly message: string; readonly link: string },
  install: string | undefined,
): string {
  const text = say(language, `codes.toSend.${kind}`, { programme: fitting(name, 300), message, link })
  return install === undefined ? text : `${text}\n${say(language, 'codes.toSend.install', { install })}`
}

/** Where a code is typed; also when the one that was typed is not one. */
export function typeCodeCard(reader: Reader, typed: string, alert?: Alert): RenderedCard {
  return render('code', reader, {
    alerts: alerts(alert),
    code: { id: inputId('code', reader.rendering), value: fitting(typed, typedUnits) },
    join: press('join', {}),
  })
}

type JoinedInput = { readonly programme: Programme; readonly as: 'leader' | 'coach'; readonly mayBeRepeat?: boolean }

/** To a team leader or a coach: whose programme it is, what they will see of it and what not. */
export function joinedCard(reader: Reader, { programme, as, mayBeRepeat = false }: JoinedInput): RenderedCard {
  const { language } = reader
  const id = programme.programme
  return render('joined', reader, {
    alerts: alerts(mayBeRepeat ? { tone: 'warning', text: say(language, 'ready.repeat') } : undefined),
    heading: say(language, `joined.heading.${as}`),
    from: say(language, `joined.from.${as}`, { programme: oneLine(programme.name) }),
    sees: say(language, `joined.sees.${as}`),
    next: say(language, `joined.next.${as}`),
    open: say(language, `joined.open.${as}`),
    home: press('home', { programme: id }),
    help: press('help', {}),
  })
}
