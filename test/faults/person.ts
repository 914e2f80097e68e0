/** People who press, and press again until they are answered, as people do; every try is kept for the oracle. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Press, said, type Try } from './oracle.ts'
import { chatOf, type Participant, tenantOf } from './scene.ts'
import type { World } from './world.ts'

/** What is pressed. `read` is the coach's, who then sees `text`; everything else is the participant's. */
export type Pressed =
  | {
      readonly verb: 'answer'
      readonly session: number
      readonly question: number
      readonly text: string
      readonly rev?: number
    }
  | { readonly verb: 'submit' | 'withdraw'; readonly session: number; readonly snapshot: number }
  | { readonly verb: 'read'; readonly session: number; readonly text: string }

/**
 * With what: a button that is answered in its request (`Action.Execute`), one that is answered by a message
 * (`Action.Submit`), or words.
 */
export type By = 'execute' | 'button' | 'words'

export type Manner = {
  /** Where the bot is now; asked anew for each try, told whether the last one broke. */
  readonly door: (broke: boolean) => Promise<string>
  /** The second try repeats the activity's id, as the platform does; otherwise it is a new press. */
  readonly sameId?: boolean
  readonly tries?: number
  readonly pauseMs?: number
}

const mostTries = 40
const pauseMs = 50
/** Whoever is not answered by then presses again. */
const longestMs = 20_000
/** And gives up after that. */
const patienceMs = 60_000

/** Presses until it is done. @param about what else the oracle is to know of it. */
export async function press(
  world: World,
  who: Participant,
  what: Pressed,
  manner: Manner,
  about: Partial<Press> = {},
): Promise<Press> {
  const tries: Try[] = []
  const made: Press = pressOf(what, tries, about)
  const id = randomUUID()
  const end = performance.now() + patienceMs
  let broke = false
  for (let no = 0; no < (manner.tries ?? mostTries) && performance.now() < end; no++) {
    const url = await manner.door(broke)
    const one = await post(world, url, who, what, manner.sameId && no === 1 ? `${id}-0` : `${id}-${no}`)
    tries.push(one)
    if (said(made, one) === 'done') break
    broke = one.status === 0
    await sleep(broke ? 0 : (manner.pauseMs ?? pauseMs))
  }
  return made
}

/** A press with its tries, for the oracle. */
export function pressOf(what: Pressed, tries: readonly Try[], about: Partial<Press> = {}): Press {
  return { ...what, ...about, tries }
}

/** One press, once; a connection that breaks has status 0. */
export async function post(
  world: World,
  url: string,
  who: Participant,
  what: Pressed,
  id: string = randomUUID(),
  by: By = 'execute',
): Promise<Try> {
  const began = performance.now()
  const heard = world.connector.received.length
  const done = () => performance.now() - began
  try {
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity(world, who, what, id, by)),
      signal: AbortSignal.timeout(longestMs),
    })
    const answer = await response.text()
    const body = by === 'execute' ? answer : heardSince(world, who, heard)
    const ms = done()
    return { status: response.status, body, ms, stored: await storedOf(world, who, what) }
  } catch (error) {
    return { status: 0, body: codeOf(error), ms: done(), stored: '' }
  }
}

/** The document that a press is about, as it lies in the store. */
function storedOf(world: World, { programme, person }: Participant, what: Pressed): Promise<string> {
  return world.raw(`p:${programme}`, what.verb === 'answer' ? `l:${person}:1:${what.session}` : `j:${person}`)
}

/** What has come into a participant's chat since so much was sent to everybody. */
function heardSince({ connector }: World, { person }: Participant, known: number): string {
  const to = `/conversations/${chatOf(person)}/`
  const heard = connector.received.slice(known).filter(({ path }) => path.includes(to))
  return heard.map(({ activity }) => JSON.stringify(activity)).join('\n')
}

function activity({ connector }: World, who: Participant, what: Pressed, id: string, by: By): object {
  const { programme, person, coach, name } = who
  const actor = what.verb === 'read' ? coach : person
  const at = { programme, round: 1, session: what.session }
  const from = { id: `29:${actor}`, aadObjectId: actor, name: actor === person ? name : name.replace('Anna', 'Carla') }
  const data = { ...at, ...dataOf(what, person) }
  const asked = {
    execute: {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: what.verb, data } },
    },
    button: { type: 'message', replyToId: 'card', value: { ...data, verb: what.verb } },
    words: { type: 'message', text: wordsOf(what) },
  }
  return {
    ...asked[by],
    id,
    channelId: 'msteams',
    serviceUrl: connector.serviceUrl,
    from,
    recipient: { id: '28:bot' },
    conversation: { id: chatOf(actor), conversationType: 'personal', tenantId: tenantOf(who) },
    channelData: { tenant: { id: tenantOf(who) } },
  }
}

/** An answer is typed while its question is open. */
function wordsOf(what: Pressed): string {
  return what.verb === 'answer' ? what.text : `${what.verb} ${what.session === 1 ? 'best' : 'challenging'}`
}

function dataOf(what: Pressed, person: string): object {
  switch (what.verb) {
    case 'answer': {
      const { question, text, rev = 0 } = what
      return { question, rev, answer: text, go: question === 16 ? 'review' : 'next' }
    }
    case 'read':
      return { person, page: 1 }
    default:
      return { snapshot: what.snapshot }
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(error)
}
