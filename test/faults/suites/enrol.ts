/**
 * A coach imports a team of 1,200 while everything happens: one page fails, one is throttled, and the bot is killed twice, at
 * whatever it is doing then. Everybody of the team is invited exactly once, guests and bots as confirmed, the coach is asked
 * once and told once, and the list is never asked for faster than Teams allows. What was invited is counted in the store and
 * at the connector, past the bot's own code.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { createPagedMembers, guestId, memberId, rosterOf, teamId } from '../../teams/paged-members.ts'
import { type Figure, figures } from '../oracle.ts'
import type { BotProcess } from '../process.ts'
import { chatOf, type Participant, prepare, tenantOf } from '../scene.ts'
import { createDice, type Suite, waitFor } from '../suite.ts'
import { cardsTo } from '../tally.ts'
import { openWorld, type World } from '../world.ts'

const people = 1_200
const guests = 25
const others = 15
const kills = 2
/** Leases, pauses and pages of a second each, on a machine with other things to do. */
const patienceMs = 180_000
const label = 'You may have had this message already'
/** Documented for a team's list: in a second, and in half a minute. */
const rates = [
  { ms: 1_000, most: 14 },
  { ms: 30_000, most: 120 },
] as const

type Card = { readonly text: string; readonly team: string | undefined }

/** What the coach may have seen, oldest first. */
function seenBy({ connector }: World, { coach }: Participant): readonly Card[] {
  return cardsTo(connector.shown, coach).map(({ activity }) => {
    const text = JSON.stringify(activity)
    return { text, team: /"verb":"enrolIt".*?"team":"(\w+)"/.exec(text)?.[1] }
  })
}

const unlabelled = (cards: readonly Card[]) => cards.filter(({ text }) => !text.includes(label)).length
const isAsked = ({ text }: Card) => text.includes('Invite this team?')
const isDone = ({ text }: Card) => text.includes('The team is invited')

function activity({ connector }: World, who: Participant, more: object): object {
  const tenant = { id: tenantOf(who) }
  return {
    ...{ id: randomUUID(), channelId: 'msteams', serviceUrl: connector.serviceUrl, recipient: { id: '28:bot' } },
    from: { id: `29:${who.coach}`, aadObjectId: who.coach, name: 'Carla' },
    conversation: { id: chatOf(who.coach), conversationType: 'personal', tenantId: tenant.id },
    channelData: { tenant },
    ...more,
  }
}

const written = (world: World, who: Participant) =>
  activity(world, who, {
    ...{ type: 'message', text: 'enrol' },
    conversation: { id: `${teamId};messageid=1`, conversationType: 'channel', tenantId: tenantOf(who) },
    channelData: { tenant: { id: tenantOf(who) }, team: { id: teamId } },
  })

function confirmed(world: World, who: Participant, team: string, withGuests: boolean) {
  const data = { programme: who.programme, team, guests: withGuests ? 'in' : 'out' }
  const action = { type: 'Action.Execute', verb: 'enrolIt', data }
  return activity(world, who, { type: 'invoke', name: 'adaptiveCard/action', value: { action } })
}

/** Posted until it is answered: whoever is killed amid a press has the person press again. */
async function post(what: object, door: () => Promise<BotProcess>): Promise<void> {
  for (const end = performance.now() + patienceMs; performance.now() < end; ) {
    try {
      const response = await fetch(`${(await door()).url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(what),
      })
      if (response.status === 200) return
    } catch {
      // Killed amid it.
    }
  }
}

const isInvitation = (id: string) => id.startsWith('n:invitation:')

/** Ids of what lies in a programme's partition. */
async function idsIn(world: World, pk: string): Promise<readonly string[]> {
  if (!world.gateway) {
    const db = new DatabaseSync(world.at, { readOnly: true })
    const rows = db.prepare('SELECT id FROM documents WHERE pk = ?').all(pk)
    db.close()
    return rows.map(({ id }) => String(id))
  }
  const found: string[] = []
  let next: string | null = null
  do {
    const response: Response = await fetch(`${world.at}dbs/db/colls/log/docs`, {
      method: 'POST',
      headers: {
        ...{ 'x-ms-documentdb-isquery': 'True', 'x-ms-documentdb-partitionkey': JSON.stringify([pk]) },
        ...(next && { 'x-ms-continuation': next }),
      },
      body: JSON.stringify({ query: 'SELECT * FROM c WHERE c.pk = @pk', parameters: [{ name: '@pk', value: pk }] }),
    })
    const { Documents: some = [] } = (await response.json()) as { Documents?: { id: string }[] }
    found.push(...some.map(({ id }) => id))
    next = response.headers.get('x-ms-continuation')
  } while (next)
  return found
}

/** The most memory a process has had, in MB; 0 where the machine does not tell. */
function peakOf({ pid }: BotProcess): number {
  try {
    return Math.round(Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}

type Run = {
  readonly broken: Record<Figure, number>
  readonly kills: number
  readonly peak: number
  readonly told: string
}

async function run(
  world: World,
  seed: number,
  members: ReturnType<typeof createPagedMembers>,
  short: boolean,
): Promise<Run> {
  const dice = createDice(seed)
  const withGuests = seed % 2 === 0
  const who = await prepare(world, seed, 'chosen')
  const env = { LEASE: '2', POLL_MS: '100', CREATORS: who.coach }
  let killed = 0
  let peak = 0
  let bot = await world.start(env)

  /** The bot there is now: whoever is gone is started again, and may be killed once more. */
  const door = async (): Promise<BotProcess> => {
    if (!bot.isGone()) {
      peak = Math.max(peak, peakOf(bot))
      return bot
    }
    killed++
    bot = await world.start(env)
    if (killed < kills) await bot.arm(100 + dice.below(1_500))
    return bot
  }
  const goesOn = async (check: () => boolean | Promise<boolean>) =>
    waitFor(
      async () => {
        await door()
        return check()
      },
      patienceMs,
      50,
    )

  await post(written(world, who), door)
  await goesOn(() => seenBy(world, who).some(isAsked))
  const team = seenBy(world, who).find(isAsked)?.team
  if (team) {
    // From here on: the second page fails, a later one is throttled, and the bot dies.
    members.script(2, { status: 502 })
    members.script(5, { status: 429, headers: { 'retry-after': '2' } })
    await bot.arm(100 + dice.below(1_500))
    await post(confirmed(world, who, team, withGuests), door)
    await goesOn(async () => killed >= kills && seenBy(world, who).some(isDone))
  }
  // What goes out goes out one after the other; in the short form what is still promised counts as well.
  if (!short) await goesOn(async () => !(await idsIn(world, `p:${who.programme}`)).some(isInvitation))

  // Pages of a list that goes on changing would not fit together.
  await bot.kill()
  const ids = await idsIn(world, `p:${who.programme}`)
  const expected = everybody(withGuests)
  const allowed = new Set(expected)
  const journeys = ids
    .filter(id => id.startsWith('j:'))
    .map(id => id.slice(2))
    .filter(id => id !== who.person)
  const there = new Set(journeys)
  const promised = new Map<string, number>()
  for (const id of ids.filter(isInvitation)) {
    const person = id.split(':')[2] ?? ''
    promised.set(person, (promised.get(person) ?? 0) + 1)
  }
  const sent = world.connector.shown.map(({ activity }) => ({ text: JSON.stringify(activity), team: undefined }))
  const sentTo = Map.groupBy(sent, ({ text }) => /"recipient":\{"id":"29:((?:member|guest)-\d+)"/.exec(text)?.[1])
  const invited = expected.map(person => {
    const letters = sentTo.get(accountOf(person)) ?? []
    const kept = promised.get(person) ?? 0
    return { never: letters.length + kept === 0, twice: unlabelled(letters) > 1 || kept > 1 }
  })
  const cards = seenBy(world, who)
  const [asked, done] = [cards.filter(isAsked), cards.filter(isDone)]
  const tooFast = rates.filter(
    ({ ms, most }) =>
      busiest(
        members.asked.map(({ at }) => at),
        ms,
      ) > most,
  )
  const broken: Run['broken'] = {
    ...(Object.fromEntries(figures.map(figure => [figure, 0])) as Record<Figure, number>),
    lost: expected.filter((person, no) => !there.has(person) || invited[no]?.never).length,
    unlabelled:
      invited.filter(({ twice }) => twice).length +
      Math.max(0, unlabelled(asked) - 1) +
      Math.max(0, unlabelled(done) - 1),
    notTold: (asked.length === 0 ? 1 : 0) + (done.length === 0 ? 1 : 0),
    falseSaved:
      done.length > 0 && done.at(-1)?.text.includes(`"value":"${expected.length.toLocaleString('en')}"`) === false
        ? 1
        : 0,
    errors: journeys.filter(person => !allowed.has(person)).length + tooFast.length + (members.atOnce() > 1 ? 1 : 0),
  }
  const most = busiest(
    members.asked.map(({ at }) => at),
    1_000,
  )
  return {
    broken,
    kills: killed,
    peak,
    told: `${journeys.length} invited, ${expected.filter(person => sentTo.has(accountOf(person))).length} of them written to by then, at most ${most} pages a second`,
  }
}

const accountOf = (person: string) => `${person.startsWith('e') ? 'member' : 'guest'}-${Number(person.slice(-12))}`

function everybody(withGuests: boolean): readonly string[] {
  const members = Array.from({ length: people }, (_, no) => memberId(no))
  return withGuests ? [...members, ...Array.from({ length: guests }, (_, no) => guestId(no))] : members
}

/** The most moments that lie within so many milliseconds. */
function busiest(moments: readonly number[], ms: number): number {
  return Math.max(0, ...moments.map(from => moments.filter(at => at >= from && at < from + ms).length))
}

export const enrol: Suite = {
  name: 'enrol',
  busy: false,
  async run({ engine, short, seeds, broken, note }) {
    const sum = Object.fromEntries(figures.map(figure => [figure, 0])) as Record<Figure, number>
    const told: string[] = []
    const times = seeds ?? (short ? 1 : 4)
    for (let seed = 1; seed <= times; seed++) {
      const coach = `c0000000-0000-4000-8000-${String(seed).padStart(12, '0')}`
      const members = createPagedMembers([{ id: `29:${coach}`, objectId: coach }, ...rosterOf(people, guests, others)])
      const world = await openWorld(engine, broken, members.answer)
      try {
        const one = await run(world, seed, members, short)
        for (const figure of figures) sum[figure] += one.broken[figure]
        const wrong = figures.filter(figure => one.broken[figure] > 0)
        if (wrong.length > 0) note(`seed ${seed}: ${wrong.map(each => `${each} ${one.broken[each]}`).join(', ')}`)
        told.push(`${one.told}, killed ${one.kills} times, ${one.peak} MB`)
      } finally {
        await world.close()
      }
    }
    return { runs: times, broken: sum, repeats: 0, worstMs: 0, about: told.join('; ') }
  },
  controls: { notTold: 'silent', unlabelled: 'twice' },
}
