/**
 * The two fields in which a card asks for people: Teams' people picker, and a plain field of Entra object ids for clients
 * that show no search. The picker is a choice set with `choices.data` of type `Data.Query`, dataset
 * `graph.microsoft.com/users`, which searches the organisation without any permission of ours (Microsoft Learn, "People
 * Picker in Adaptive Cards"). A template takes both fields as they stand in cards/leaders.json.
 */
import type { Named } from '../../domain/programme.ts'
import { inputId } from '../actions.ts'
import type { Alert, Reader } from '../reader.ts'
import { list, say } from '../texts.ts'
import { fitting, oneLine } from '../words.ts'

/** What was picked and typed, when it comes back to be put right. */
export type Typed = { readonly people: string; readonly ids: string }

/** A field that comes back takes at most so much of a card, in UTF-16 code units. */
const fieldUnits = { people: 3000, ids: 8000 } as const
/** Of somebody's name or line in a sentence. */
const partUnits = 60
/** So many are named in a sentence; the others are counted. */
const mostNamed = 12

/** For a template's `whom`. */
export function picking({ language, rendering }: Reader, typed: Typed = { people: '', ids: '' }) {
  return {
    picker: {
      id: inputId('people', rendering),
      label: say(language, 'picking.people'),
      hint: say(language, 'picking.peopleHint'),
      value: fitting(typed.people, fieldUnits.people),
    },
    ids: {
      id: inputId('ids', rendering),
      label: say(language, 'picking.ids'),
      hint: say(language, 'picking.idsHint'),
      value: fitting(typed.ids, fieldUnits.ids),
    },
  }
}

/** The link to add the app, to copy and send: where there is one and somebody who may need it. */
export function installing({ language, rendering }: Reader, link: string | undefined, needed = true) {
  if (link === undefined || !needed) return []
  return [{ id: inputId('install', rendering), label: say(language, 'picking.install'), value: link }]
}

/** Why nobody was taken from the fields, and what helps. */
export function pickingAlert({ language }: Reader, no: 'nobody' | 'address' | 'notAnId', line: string): Alert {
  return { tone: 'attention', text: say(language, `picking.${no}`, { line: oneLine(fitting(line, partUnits)) }) }
}

/** What somebody is called as long as nobody knows their name: the picker gives none. */
export function nameOf({ language }: Reader, name: string): string {
  return name.trim() ? oneLine(fitting(name, partUnits)) : say(language, 'picking.nameFollows')
}

/** "Anna, Ben and 3 others"; those whose name is not known are among the others. */
export function namesOf({ language }: Reader, people: readonly Pick<Named, 'name'>[]): string {
  const named = people.filter(({ name }) => name.trim()).slice(0, mostNamed)
  const others = people.length - named.length
  const names = named.map(({ name }) => oneLine(fitting(name, partUnits)))
  const rest = others === 0 ? [] : [say(language, 'picking.others', { count: others, named: names.length })]
  return list(language, [...names, ...rest])
}
