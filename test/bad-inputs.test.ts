/**
 * Five hundred bad inputs through the real door, over HTTP. None of them breaks anything: no error of ours, no unhandled
 * rejection, every press answered with something Teams can show, nothing of another person's changed or told, and whatever
 * is accepted is stored and comes back exactly as it was typed. Another seed: SEED=7 mocha test/bad-inputs.test.ts
 */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { actions } from '../src/cards/actions.ts'
import { say } from '../src/cards/texts.ts'
import { commandIn } from '../src/conversation/routing/commands.ts'
import { inputsOf } from '../src/demo/card-reading.ts'
import { answerLimit } from '../src/domain/logs/log.ts'
import { anyName, anyText, anyValue, bodies, texts } from './bad-inputs/corpus.ts'
import { openTown, pressing, type Town } from './bad-inputs/town.ts'

const seed = Number(process.env.SEED ?? 20_261_123)
const cases = { envelopes: 140, presses: 170, mixed: 60, texts: 130 }
const at = { programme: 'demo', round: 1, session: 1 }
const verbs = Object.keys(actions)
const fields = [...new Set(Object.values(actions).flatMap(schema => Object.keys(schema.shape)))]

/** What the edge makes of a text that no store has to hold (`teams/inbound/inbound.ts`). */
const kept = (text: string) => text.toWellFormed().replaceAll('\0', '\ufffd')

// biome-ignore format: a list is read in one look
const paths = [
  'type', 'id', 'name', 'channelId', 'serviceUrl', 'from', 'from.id', 'from.name', 'from.aadObjectId', 'recipient', 'recipient.id', 'recipient.role',
  'conversation', 'conversation.id', 'conversation.conversationType', 'conversation.tenantId', 'channelData', 'channelData.tenant',
  'channelData.tenant.id', 'locale', 'localTimezone', 'text', 'textFormat', 'value', 'value.action', 'value.action.verb', 'value.action.data',
  'value.verb', 'replyToId', 'entities', 'attachments', 'membersAdded', 'membersRemoved', 'action', 'timestamp', 'deliveryMode', 'callerId', '__proto__',
]

/** An address with half a character in it; messages over which a pattern thought for a minute; a zone spelt anew each time. */
const traps = [
  ['conversation.id', 'chat\ud800'],
  ['text', `${'!'.repeat(100_000)}x`],
  ['text', `home${'.'.repeat(100_000)}?`],
  ['text', `home${'!'.repeat(60_000)}`],
  ['localTimezone', 'eUROPE/bERLIN'],
  ['from.name', 'n'.repeat(100_000)],
] as const

describe('bad inputs', () => {
  let town: Town
  before(async () => {
    town = await openTown()
  })
  after(async () => {
    const statuses = await town.close()
    const total = [...statuses.values()].reduce((sum, count) => sum + count, 0)
    console.log(`      bad inputs: seed ${seed}, ${total} requests,`, Object.fromEntries(statuses))
  })
  const given = { seed, endOnFailure: true }

  it('are refused when they are no activity at all', async () => {
    for (const body of bodies) await town.send(body, parsed(body))
  })

  it('that broke something once do not any more', async () => {
    for (const [path, value] of traps) {
      const activity: Record<string, unknown> = base(town, 'message')
      put(activity, path.split('.'), value)
      await town.post(activity)
    }
  })

  it('in the envelope: any part of an activity replaced by anything', () => {
    const kinds = fc.constantFrom('message', 'execute', 'submit', 'installed', 'members', 'typing', 'task/fetch')
    const change = fc.tuple(fc.constantFrom(...paths), anyValue)
    const changes = fc.array(change, { minLength: 1, maxLength: 3 })
    return fc.assert(
      fc.asyncProperty(kinds, changes, async (kind, changed) => {
        const activity: Record<string, unknown> = base(town, kind)
        for (const [path, value] of changed) put(activity, path.split('.'), value)
        await town.post(activity)
      }),
      { ...given, numRuns: cases.envelopes },
    )
  })

  it('in a press: any verb with any data, once and again', () => {
    const data = fc.array(fc.tuple(anyName(fields), anyValue), { maxLength: 5 }).map(odd => ({
      ...{ ...at, question: 3, page: 1, rev: 0, go: 'next', snapshot: 0, form: 'f', person: 'p' },
      ...fromEntries(odd),
    }))
    const carried = fc.oneof({ weight: 9, arbitrary: data }, { weight: 1, arbitrary: anyValue })
    return fc.assert(
      fc.asyncProperty(anyName(verbs), carried, fc.boolean(), fc.boolean(), async (verb, data, submit, again) => {
        const pressed = pressing(town.house.anna, verb, data)
        const { name: _name, ...message } = { ...pressed, type: 'message', replyToId: 'card' }
        const activity = submit ? { ...message, value: { ...Object(data), verb } } : pressed
        await town.post(activity)
        if (again) await town.post(activity)
      }),
      { ...given, numRuns: cases.presses },
    )
  })

  it('in cards that are mixed, altered and sent again by somebody else', async () => {
    const buttons = await town.buttons()
    const people = Object.values(town.people)
    const any = fc.constantFrom(...buttons)
    await fc.assert(
      fc.asyncProperty(
        any,
        any,
        fc.constantFrom(...people),
        anyName(fields),
        anyValue,
        async (one, other, who, name, value) => {
          const { owner: _owner, ...strange } = other.data
          await town.post(pressing(who, one.verb ?? '', { ...one.data, ...strange }))
          await town.post(pressing(who, one.verb ?? '', { ...one.data, ...fromEntries([[name, value]]) }))
        },
      ),
      { ...given, numRuns: cases.mixed },
    )
  })

  it('in what is written: stored exactly as typed, or given back exactly, by press and by message', async () => {
    // Each text of the list has its turn, and then any others.
    const next = fc.sample(anyText, { seed, numRuns: Math.max(0, cases.texts - texts.length) })
    for (const [index, text] of [...texts, ...next].entries()) {
      const question = 1 + (index % 16)
      const typed = index % 4 === 3 && !commandIn(text, true, ['participant'])
      await (typed ? typing(town, question, text) : saving(town, question, text))
    }
  })
})

/** Saved by a button, the text is in the store and in its field again; refused, it is in the field. */
async function saving(town: Town, question: number, text: string): Promise<void> {
  const { anna } = town.house
  const before = await town.answer(question)
  const [field] = inputsOf(await town.pressed(anna, 'question', { ...at, question }))
  const rev = Number((await town.revision(question)) ?? 0)
  const data = { ...at, question, rev, go: 'next', [field?.id ?? '']: text }
  const card = await town.pressed(anna, 'answer', data)
  const saves = text.trim() !== '' && text.length <= answerLimit
  assert.equal(await town.answer(question), saves ? kept(text) : before)
  const shown = saves ? await town.pressed(anna, 'question', { ...at, question }) : card
  const [again] = inputsOf(shown)
  if (saves || text.trim() === '') assert.equal(again?.value, saves ? kept(text) : (before ?? ''))
  // What is longer than any card comes back as its beginning.
  else assert.ok(again?.value && kept(text).startsWith(again.value), 'what was refused is given back')
}

/** Typed, it is the answer exactly as typed, or it is something else and nothing is stored. */
async function typing(town: Town, question: number, text: string): Promise<void> {
  const { anna } = town.house
  await town.pressed(anna, 'question', { ...at, question })
  const before = await town.answer(question)
  await town.post({ ...anna.common(), type: 'message', text })
  const after = await town.answer(question)
  assert.ok(after === before || after === kept(text), JSON.stringify([text.slice(0, 80), after?.slice(0, 80)]))
}

function base(town: Town, kind: string): Record<string, unknown> {
  const { anna } = town.house
  const common = anna.common()
  switch (kind) {
    case 'message':
      return { ...common, type: 'message', text: say('en', 'common.help'), textFormat: 'plain' }
    case 'execute':
      return pressing(anna, 'review', { ...at, page: 1 })
    case 'submit':
      return { ...common, type: 'message', value: { verb: 'home', msteams: {} }, replyToId: 'card' }
    case 'installed':
      return { ...common, type: 'installationUpdate', action: 'add' }
    case 'members':
      return { ...common, type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] }
    case 'typing':
      return { ...common, type: 'typing' }
    default:
      return { ...common, type: 'invoke', name: kind, value: {} }
  }
}

/** Sets what is at a path; whatever is in the way gives way. `__proto__` is a name like any other. */
function put(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  const held = Object.hasOwn(into, first) ? into[first] : undefined
  const inner = typeof held === 'object' && held !== null ? { ...held } : {}
  if (rest.length > 0) put(inner, rest, value)
  Object.defineProperty(into, first, {
    value: rest.length > 0 ? inner : value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}

function fromEntries(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
