/**
 * Suite `scale`: the same six things with 12 people in one programme, with 50 of 10,000 people in 200 programmes, and with a
 * programme of 1,000 beside them. Counts on the gateway, which scans and so says nothing about time; times on SQLite, all
 * sizes in turn in one process, as ratios of medians to the small case.
 */
import { document, keys } from '../../src/store/documents.ts'
import type { Store } from '../../src/store/store.ts'
import { type Crowd, crowdOf, documentsOf, profilesOf, put } from './crowd.ts'
import { oneDecimal, table } from './markdown.ts'
import { isData, isPlan } from './reading.ts'
import type { Suite } from './run.ts'
import { gatewayStand, now, pressed, type Stand, sqliteStand } from './stand.ts'
import { type View, type Views, views, viewsOf } from './views.ts'

const programmes = 200
const rounds = 100
/** What takes no longer than the clock's own error is done so often at a stretch. */
const inARow = (view: View) => (view === 'due poll' ? 100 : 1)
/** A card that is one of many messages; Teams takes about 100. */
const cardKilobytes = 28

const sizes = ['12 of 12', '50 of 10,000', '1,000 beside them'] as const
type Size = (typeof sizes)[number]
type BySize<T> = Record<Size, T>

function crowds() {
  const small = crowdOf({ name: 'twelve', size: 12, from: 0, now, lives: ['writing', 'complete', 'ready', 'held'] })
  const many = Array.from({ length: programmes }, (_, no) =>
    crowdOf({ name: `fifty-${no}`, size: 50, from: 1_000 + no * 52, now }),
  )
  const thousand = crowdOf({ name: 'thousand', size: 1_000, from: 900_000, now })
  return { small, many, thousand, fifty: many[programmes / 2] ?? thousand }
}

/** @param everything also what no view reads: everybody's answers and profiles. */
async function seed(store: Store, serviceUrl: string, crowd: Crowd, everything: boolean): Promise<void> {
  await put(store, documentsOf(crowd, everything ? 'withLogs' : 'withoutLogs'))
  if (everything) await put(store, profilesOf(crowd, serviceUrl))
  // Somebody who cannot be reached: not due, and for the poll to step over.
  const person = crowd.people[0]?.id ?? ''
  const promised = { kind: 'ready', programme: crowd.programme.programme, person, round: 1, no: 1 } as const
  const waits = { state: 'waiting', runAt: '2026-11-23T12:00:00.000Z', unknownSends: 0, attempts: 1 } as const
  const notice = { ...promised, to: crowd.coach.id, ...waits, promisedAt: now }
  await put(store, [document(keys.notice(notice), notice)])
}

/** Two services side by side: one for twelve people, one for all the others. */
async function both<S extends Stand>(open: () => Promise<S>, everything: boolean) {
  const { small, many, thousand, fifty } = crowds()
  const [few, lots] = [await open(), await open()]
  const url = ({ stage }: Stand) => stage.connector.serviceUrl
  await seed(few.behind, url(few), small, true)
  for (const crowd of [...many, thousand]) {
    await seed(lots.behind, url(lots), crowd, everything || crowd === fifty || crowd === thousand)
  }
  const at: BySize<{ stand: S; crowd: Crowd; views: Views }> = {
    '12 of 12': { stand: few, crowd: small, views: viewsOf(few, small) },
    '50 of 10,000': { stand: lots, crowd: fifty, views: viewsOf(lots, fifty) },
    '1,000 beside them': { stand: lots, crowd: thousand, views: viewsOf(lots, thousand) },
  }
  return { at, close: () => Promise.all([few.close(), lots.close()]) }
}

/** "2", or "2 + 1 plan". */
async function counts(): Promise<Record<View, BySize<string>>> {
  const { at, close } = await both(gatewayStand, false)
  try {
    return await each(async (view, size) => {
      const { stand, views } = at[size]
      const { recorder } = stand
      // Once unseen, so that everybody is known.
      await views.view(view)
      await views.before(view)
      await recorder.quiet(5)
      const from = recorder.recorded.length
      await views.view(view)
      await recorder.quiet(5)
      const asked = recorder.recorded.slice(from)
      const plans = asked.filter(isPlan).length
      return `${asked.filter(isData).length}${plans > 0 ? ` + ${plans} plan` : ''}`
    })
  } finally {
    await close()
  }
}

async function times() {
  const { at, close } = await both(sqliteStand, true)
  try {
    const taken = await each(async () => [] as number[])
    for (let round = 0; round < rounds; round++) {
      await each(async (view, size) => {
        const { views } = at[size]
        await views.before(view)
        // Whatever ran before has left its traces: each is measured right after itself.
        await views.view(view)
        await views.before(view)
        const began = performance.now()
        for (let no = 0; no < inARow(view); no++) await views.view(view)
        // The first rounds are the compiler's.
        if (round > 4) taken[view][size].push(performance.now() - began)
      }, round)
    }
    const { stand, crowd } = at['1,000 beside them']
    return { taken, cards: await cardSizes(stand, crowd) }
  } finally {
    await close()
  }
}

/** Kilobytes of UTF-16 of the largest page, in the crowd's language. */
async function cardSizes(stand: Stand, { programme, coach, leader }: Crowd): Promise<Record<string, number>> {
  const largest: Record<string, number> = {}
  for (const [verb, { id, name }] of [
    ['coachHome', coach],
    ['progress', leader],
  ] as const) {
    const actor = stand.stage.actor(id, name)
    for (const language of ['en', 'zh-CN'] as const) {
      await actor.say(language === 'en' ? 'english' : 'chinese')
      for (const page of [1, 2, 5, 10, 20, 40, 60, 67]) {
        const { body } = await stand.does(actor, pressed(verb, { programme: programme.programme, page }))
        const size = (JSON.stringify(body?.value).length * 2) / 1024
        const card = verb === 'coachHome' ? "coach's overview" : "leader's progress"
        largest[`${card}, ${language}`] = Math.max(largest[`${card}, ${language}`] ?? 0, size)
      }
    }
  }
  return largest
}

/** @param from the size to begin with, so that none is always the first. */
async function each<T>(work: (view: View, size: Size) => Promise<T>, from = 0): Promise<Record<View, BySize<T>>> {
  const rows: [View, BySize<T>][] = []
  const first = from % sizes.length
  for (const view of views) {
    const cells: [Size, T][] = []
    for (const size of [...sizes.slice(first), ...sizes.slice(0, first)]) cells.push([size, await work(view, size)])
    rows.push([view, Object.fromEntries(cells) as BySize<T>])
  }
  return Object.fromEntries(rows) as Record<View, BySize<T>>
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

export const scale: Suite = async () => {
  const counted = await counts()
  const { taken, cards } = await times()
  const ratio = (view: View, size: Size) =>
    `${oneDecimal(median(taken[view][size]) / median(taken[view]['12 of 12']))} ×`
  const rows = views.map(view => [
    view,
    ...sizes.map(size => counted[view][size]),
    ...sizes.slice(1).map(size => ratio(view, size)),
  ])
  const head = ['', ...sizes.map(size => `requests: ${size}`), ...sizes.slice(1).map(size => `time: ${size}`)]
  const pages = Object.entries(cards).map(([card, size]) => [card, oneDecimal(size)])
  const grew = views.filter(view => sizes.some(size => counted[view][size] !== counted[view]['12 of 12']))
  const large = Object.entries(cards).filter(([, size]) => size > cardKilobytes)
  return {
    markdown: `${table(head, rows)}\n\n${table(['card with 1,000 people, largest page', 'KB (UTF-16)'], pages)}`,
    missed: [
      ...grew.map(view => `${view}: the number of requests grows with the number of people`),
      ...large.map(([card, size]) => `${card}: ${oneDecimal(size)} KB, ${cardKilobytes} wanted`),
    ],
  }
}
