/** The card templates, read and parsed once when the program starts. Each opens in the Adaptive Cards Designer. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The part of the library we use. Its own types pull in sources of `adaptivecards` that our compiler settings refuse. */
type Template = { expand(context: { readonly $root: object }): unknown }
type Templating = { readonly Template: new (payload: object) => Template }

const require = createRequire(import.meta.url)
const { Template }: Templating = require('adaptivecards-templating')

export const cardNames = [
  'invitation',
  'home',
  'plan',
  'record',
  'choose',
  'question',
  'stale',
  'review',
  'submitted',
  'help',
  'note',
  'ready',
  'coachHome',
  'person',
  'undelivered',
  'programmeForm',
  'programme',
  'buddies',
  'lastDay',
  'nudge',
  'reviewed',
  'reading',
  'compare',
  'questions',
  'answered',
  'pasted',
  'keepsake',
  'unsaved',
  'progress',
  'progressOne',
  'settings',
  'programmes',
  'leaders',
  'coaches',
  'newCoach',
  'enrol',
  'invite',
  'inviting',
  'invited',
  'code',
  'joined',
] as const
export type CardName = (typeof cardNames)[number]

export const templates: ReadonlyMap<CardName, Template> = new Map(
  cardNames.map(name => [name, new Template(templateSource(name))]),
)

/** A template as it stands in its file. */
export function templateSource(name: CardName): object {
  return JSON.parse(readFileSync(new URL(`../../cards/${name}.json`, import.meta.url), 'utf8'))
}
