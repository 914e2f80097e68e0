/**
 * The connector takes a notice and then does not say so, or says that it will not have it now, or ever. What may have
 * arrived is repeated once, ten minutes later, with a label; what has not arrived comes as soon as it may, without one;
 * what cannot arrive waits for the coach or becomes an operator's.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '../../teams/connector.ts'
import type { Press } from '../oracle.ts'
import { press } from '../person.ts'
import { chatOf, type Participant, prepare, preparedText } from '../scene.ts'
import { inParallel, type Suite, waitFor } from '../suite.ts'
import { cardsTo, createTally, isSettled } from '../tally.ts'
import { openWorld, type World } from '../world.ts'

/** How it ends, and so after which of the steps below there is nothing left of the promise. */
const ends = ['atOnce', 'whenAsked', 'afterTenMinutes', 'whenTheyCome', 'asATask'] as const
type Case = { readonly name: string; readonly answers: readonly Answer[]; readonly end: (typeof ends)[number] }

const settledMs = 20_000
/** Long enough for some polls, to see that nothing is sent too early. */
const quietMs = 600
const codes = (code: string) => ({ body: { error: { code } } })

function cases(): Case[] {
  const unclear = ([502, 500, 503, 504, 408] as const).flatMap(status => [
    { name: `accepted, then ${status}`, answers: [{ status }], end: 'afterTenMinutes' as const },
    { name: `not accepted, ${status}`, answers: [{ status, lost: true }], end: 'afterTenMinutes' as const },
  ])
  const broken = (['reset', 'hang'] as const).map(answer => {
    return { name: `accepted, then ${answer}`, answers: [answer], end: 'afterTenMinutes' as const }
  })
  const inHalfAMinute = new Date(Date.now() + 30_000).toUTCString()
  return [
    ...unclear,
    ...broken,
    { name: 'accepted, the answer never ends', answers: ['hangInBody'], end: 'atOnce' },
    { name: 'accepted twice, then 502', answers: [{ status: 502 }, { status: 502 }], end: 'asATask' },
    { name: '429, 30 seconds', answers: [{ status: 429, headers: { 'retry-after': '30' } }], end: 'whenAsked' },
    { name: '429, a date', answers: [{ status: 429, headers: { 'retry-after': inHalfAMinute } }], end: 'whenAsked' },
    { name: '429, no time', answers: [{ status: 429 }], end: 'atOnce' },
    { name: '412', answers: [{ status: 412 }], end: 'atOnce' },
    { name: '403, blocked', answers: [{ status: 403, ...codes('MessageWritesBlocked') }], end: 'whenTheyCome' },
    { name: '404, the chat is gone', answers: [{ status: 404, ...codes('ConversationNotFound') }], end: 'atOnce' },
    { name: '404 of some proxy', answers: [{ status: 404 }], end: 'asATask' },
    { name: '403 of some proxy', answers: [{ status: 403 }], end: 'asATask' },
    { name: '400', answers: [{ status: 400, ...codes('BadSyntax') }], end: 'asATask' },
    { name: '413', answers: [{ status: 413, ...codes('MessageSizeTooBig') }], end: 'asATask' },
  ]
}

type Running = { readonly case: Case; readonly who: Participant; readonly pressed: Press }

/** How often the bot tried. */
function sends({ connector }: World, { coach }: Participant): number {
  return cardsTo(connector.received, coach).length
}

async function begin(world: World, url: string, of: Case, no: number): Promise<Running> {
  const who = await prepare(world, no, 'lastOne')
  world.connector.scriptFor(chatOf(who.coach), ...of.answers)
  const what = { verb: 'submit', session: 2, snapshot: 0 } as const
  return { case: of, who, pressed: await press(world, who, what, { door: async () => url }) }
}

export const connector: Suite = {
  name: 'connector',
  busy: false,
  async run({ engine, short, seeds, broken, note }) {
    const tally = createTally(note)
    const world = await openWorld(engine, broken)
    try {
      // Longer than a send that hangs.
      const bot = await world.start({ LEASE: '30', POLL_MS: '100' })
      const all = Array.from({ length: seeds ?? (short ? 1 : 5) }, cases).flat()
      const running: Running[] = []
      const numbered = all.map((each, index) => ({ each, no: index + 1 }))
      await inParallel(numbered, 4, async ({ each, no }) => void running.push(await begin(world, bot.url, each, no)))
      const ending = (...of: readonly Case['end'][]) => running.filter(each => of.includes(each.case.end))
      const settle = async (some: readonly Running[]) => {
        await Promise.all(some.map(({ who }) => waitFor(() => isSettled(world, who), settledMs)))
      }
      /** Nobody is to hear again before the time has come. */
      const quiet = async (...of: readonly Case['end'][]) => {
        await sleep(quietMs)
        for (const each of ending(...of))
          tally.count('unlabelled', sends(world, each.who) - 1, `${each.case.name}: early`)
      }
      const begun = ({ who }: Running) => sends(world, who) > 0
      await waitFor(() => running.every(begun), settledMs)
      await settle(ending('atOnce'))
      await quiet('whenAsked', 'afterTenMinutes', 'whenTheyCome')
      await bot.shift(31_000)
      await settle(ending('whenAsked'))
      await quiet('afterTenMinutes', 'whenTheyCome')
      await bot.shift(500_000)
      await quiet('afterTenMinutes', 'whenTheyCome')
      await bot.shift(100_000)
      await settle(ending('afterTenMinutes'))
      await quiet('whenTheyCome')
      const coming = ending('whenTheyCome').map(async each => {
        const what = { verb: 'read', session: 1, text: preparedText(1, 1) } as const
        return press(world, each.who, what, { door: async () => bot.url })
      })
      await Promise.all(coming)
      await settle(ending('whenTheyCome'))
      const isTask = async ({ programme, person, coach }: Participant) =>
        (await world.raw(`p:${programme}`, `n:ready:${person}:1:1:${coach}`)).includes('"failed"')
      await Promise.all(ending('asATask').map(({ who }) => waitFor(() => isTask(who), settledMs)))
      let labelled = 0
      for (const each of running) {
        const { repeats } = await tally.add(each.case.name, world, each.who, [each.pressed])
        labelled += repeats
        // What was known not to have arrived has no reason to say that it may have.
        if (['atOnce', 'whenAsked', 'whenTheyCome'].includes(each.case.end))
          tally.count('errors', repeats, each.case.name)
      }
      return { ...tally.result(), about: `${cases().length} answers; ${labelled} sent again, labelled` }
    } finally {
      await world.close()
    }
  },
  controls: { notTold: 'silent', unlabelled: 'unlabelled', errors: 'faint' },
}
