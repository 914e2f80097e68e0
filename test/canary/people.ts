/** Who is there, under which canaries, and what each of them may ever be shown: domain.md's table once more, by hand. */
import type { Language } from '../../src/domain/values.ts'
import type { House } from './child.ts'
import type { May } from './sinks.ts'
import type { Words } from './words.ts'

export type Role = 'participant' | 'coach' | 'leader' | 'stranger'

export type Person = {
  /** What all of their canaries begin with. */
  readonly key: string
  readonly house: House
  readonly role: Role
  readonly language: Language
  readonly id: string
  readonly name: string
  readonly account: string
  readonly chat: string
}

export const programmes: Readonly<Record<House, string>> = { main: 'Spring', faulty: 'Autumn', file: 'Summer' }

type Row = readonly [House, Role, Language]

const toldOfFay = ['faulty', 'coach', 'en'] as const

/** In each house: who writes by cards, who writes by typing, and who writes little and tries much. */
const rows = {
  Anna: ['main', 'participant', 'en'],
  Otto: ['main', 'participant', 'zh-CN'],
  Paul: ['main', 'participant', 'en'],
  Carla: ['main', 'coach', 'en'],
  Leo: ['main', 'leader', 'zh-CN'],
  Stan: ['main', 'stranger', 'en'],
  Uwe: ['file', 'participant', 'zh-CN'],
  Olga: ['file', 'participant', 'en'],
  Ines: ['file', 'participant', 'en'],
  Cora: ['file', 'coach', 'zh-CN'],
  Lars: ['file', 'leader', 'en'],
  Sven: ['file', 'stranger', 'zh-CN'],
  Fay: ['faulty', 'participant', 'zh-CN'],
  Tom: ['faulty', 'participant', 'en'],
  Abe: toldOfFay,
  Bea: toldOfFay,
  Cal: toldOfFay,
  Dee: toldOfFay,
  Eli: toldOfFay,
  Fox: toldOfFay,
  Gus: toldOfFay,
  Hal: toldOfFay,
  Ivy: toldOfFay,
  Jim: toldOfFay,
  Kay: toldOfFay,
  Lou: toldOfFay,
} as const satisfies Readonly<Record<string, Row>>

export type Key = keyof typeof rows

export function createPeople(words: Words): Readonly<Record<Key, Person>> {
  const made = Object.entries(rows).map(([key, [house, role, language]]) => {
    const kept = role === 'stranger' ? 'sent' : 'stored'
    const person: Person = {
      ...{ key, house, role, language },
      id: words.guid(`${key}Person`, kept),
      name: words.odd(`${key}Name`, kept),
      account: `29:${words.word(`${key}Account`, kept)}`,
      chat: `a:${words.word(`${key}Chat`, kept)}`,
    }
    return [key, person] as const
  })
  return Object.fromEntries(made) as Record<Key, Person>
}

/** What everybody's messages carry, to Teams and not to a person. */
const platform: ReadonlySet<string> = new Set(['Tenant', 'Bot'])

/**
 * Whether this person may be shown the canary of this name. Everything of one's own; of one's programme its name; a
 * participant who coaches and who leads, a coach who takes part and who leads, a leader who takes part. Ids stand in buttons
 * and choices only, to say whom they are about.
 * @param readable what coaches may read at this moment.
 */
export function rightsOf(person: Person, all: Readonly<Record<Key, Person>>, readable: (name: string) => boolean): May {
  const { key, house, role } = person
  const programme = programmes[house]
  const shown = new Set(role === 'stranger' ? [] : [`${programme}Id`, `${programme}Title`])
  for (const other of Object.values(all)) {
    if (other.house !== house || !known[role].includes(other.role)) continue
    shown.add(`${other.key}Name`)
    shown.add(`${other.key}Person`)
  }
  return name => name.startsWith(key) || platform.has(name) || shown.has(name) || (role === 'coach' && readable(name))
}

/** What a message to a whole group may carry, to Teams and not to a person: whom it answers is in every message. */
export const inGroup: May = name => platform.has(name) || name === 'GroupChat' || name.endsWith('Account')

const known: Readonly<Record<Role, readonly Role[]>> = {
  participant: ['coach', 'leader'],
  coach: ['participant', 'leader'],
  leader: ['participant'],
  stranger: [],
}
