/** Importing a team, as its coach sees it: counts alone, before anybody is invited and after. */

import type { Fates, Headcount, Offer, RosterNews } from '../../../domain/import-counts.ts'
import type { Programme } from '../../../domain/programme.ts'
import { mostOffers } from '../../../domain/team-import/enrolling.ts'
import type { ProgrammeId } from '../../../domain/values.ts'
import { guestChoices, inputId } from '../../actions.ts'
import { press } from '../../press.ts'
import type { Alert, Reader } from '../../reader.ts'
import { type RenderedCard, render } from '../../render.ts'
import { say, type TextKey } from '../../texts.ts'
import { choiceTitle, oneLine } from '../../words.ts'
import { alerts, maybe } from '../parts.ts'

type EnrolInput = {
  /** Where the import lies; what is done or failed is about it. */
  readonly programme: Pick<Programme, 'programme' | 'name'>
  readonly news: RosterNews
  /** What was chosen on the card before. */
  readonly chosen?: { readonly into: ProgrammeId; readonly guests: boolean } | undefined
  readonly alert?: Alert | undefined
}

export function enrolCard(reader: Reader, input: EnrolInput): RenderedCard {
  const { news, alert } = input
  return render('enrol', reader, { ...nothing, alerts: alerts(alert), ...parts(reader, input, news) })
}

const nothing = { programme: [], facts: [], into: [], guests: [], hints: [], invite: [], notNow: [], home: [] }

function parts(reader: Reader, input: EnrolInput, news: RosterNews) {
  switch (news.news) {
    case 'asks':
      return asking(reader, input, news)
    case 'done':
      return ended(
        reader,
        input,
        news.fates.invited > 0 ? 'enrol.done' : 'enrol.doneNobody',
        say(reader.language, 'enrol.doneIntro'),
        news.fates,
      )
    case 'failed':
      return ended(reader, input, 'enrol.failed', say(reader.language, `enrol.${news.why}`), news.fates)
  }
}

function asking(reader: Reader, { programme, chosen }: EnrolInput, news: Extract<RosterNews, { news: 'asks' }>) {
  const { language, rendering } = reader
  const { seen } = news
  const offers = news.offers.slice(0, mostOffers)
  const [first] = offers
  const several = offers.length > 1
  const data = press('enrolIt', { programme: programme.programme, team: news.no })
  return {
    programme: maybe(!several && first !== undefined, { name: oneLine(first?.name ?? '') }),
    heading: say(language, 'enrol.asks'),
    intro: say(language, 'enrol.asksIntro'),
    facts: factsOf(reader, [
      ...headcount(seen),
      ...maybe(!several && inside(first) > 0, fact('already', inside(first))),
    ]),
    into: maybe(several, {
      id: inputId('into', rendering),
      value: chosen?.into ?? first?.programme ?? programme.programme,
      choices: offers.map(offer => ({
        title: choiceTitle(oneLine(offer.name), say(language, 'enrol.inside', { count: inside(offer) })),
        value: offer.programme,
      })),
    }),
    guests: maybe(seen.guests > 0, {
      id: inputId('guests', rendering),
      value: chosen?.guests ? 'in' : 'out',
      choices: guestChoices.map(value => ({
        title: say(language, `enrol.guests${value === 'in' ? 'In' : 'Out'}`),
        value,
      })),
    }),
    hints: [{ text: say(language, 'enrol.hint') }],
    invite: [{ data }],
    notNow: [{ data }],
  }
}

function ended(reader: Reader, { programme }: EnrolInput, heading: TextKey, intro: string, fates: Fates | undefined) {
  const { language } = reader
  return {
    programme: [{ name: oneLine(programme.name) }],
    heading: say(language, heading),
    intro,
    facts: factsOf(reader, fates ? told(fates) : []),
    hints: maybe(!!fates && fates.invited > 0, { text: say(language, 'enrol.onTheWay') }),
    home: [{ data: press('home', { programme: programme.programme }) }],
  }
}

type Fact = readonly [key: FactKey, count: number]
type FactKey = 'people' | 'guests' | 'others' | 'invited' | 'already' | 'removed' | 'unwilling' | 'guestsOut' | 'later'

const fact = (key: FactKey, count: number): Fact => [key, count]
const inside = (offer: Offer | undefined) => (offer ? offer.people + offer.guests : 0)

function headcount({ people, guests, others }: Headcount): readonly Fact[] {
  return [fact('people', people), ...[fact('guests', guests), fact('others', others)].filter(([, count]) => count > 0)]
}

/** Who said no and who has blocked the coach is one number, or a team of one person would tell which. */
function told({ invited, already, removed, saidNo, blocked, guest, other, later }: Fates): readonly Fact[] {
  const rest: readonly Fact[] = [
    ['already', already],
    ['removed', removed],
    ['unwilling', saidNo + blocked],
    ['guestsOut', guest],
    ['others', other],
    ['later', later],
  ]
  return [fact('invited', invited), ...rest.filter(([, count]) => count > 0)]
}

function factsOf({ language }: Reader, facts: readonly Fact[]) {
  const rows = facts.map(([key, count]) => ({
    title: say(language, `enrol.fact.${key}`),
    value: say(language, 'enrol.count', { count }),
  }))
  return maybe(rows.length > 0, { rows })
}
