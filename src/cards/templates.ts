/** The card templates, read and made ready once when the program starts. Each opens in the Adaptive Cards Designer. */
import { readFileSync } from 'node:fs'
import type { Language } from '../domain/values.ts'
import { type Draw, prepared } from './prepared.ts'
import { locales } from './texts.ts'

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

export const templates: Record<Language, ReadonlyMap<CardName, Draw>> = { en: ready('en'), 'zh-CN': ready('zh-CN') }

function ready(language: Language): ReadonlyMap<CardName, Draw> {
  return new Map(
    cardNames.map(name => {
      const from = { file: `cards/${name}.json`, sentences: sentencesOf(name, language) }
      return [name, prepared(templateSource(name), from)] as const
    }),
  )
}

/** What a template finds as `t`. */
export function sentencesOf(name: CardName, language: Language): Readonly<Record<string, unknown>> {
  const { common, [name]: section } = locales[language]
  return { ...common, ...section }
}

/** A template as it stands in its file. */
export function templateSource(name: CardName): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(new URL(`../../cards/${name}.json`, import.meta.url), 'utf8'))
}
