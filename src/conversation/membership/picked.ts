/**
 * People named in a card: picked in the people picker, or typed as Entra object ids where a client has none. All of what
 * was given can be read, or nothing is done with it.
 *
 * The picker submits the object ids of those picked, separated by commas (Microsoft Learn, "People Picker in Adaptive
 * Cards", Data submission), and no names: those are known when the people come.
 */
import type { Named } from '../../domain/programme.ts'

/** As it came from the two fields (`whom` in cards/actions.ts). */
export type PickedInput = { readonly people: string; readonly ids: string }

/** `no`: why nobody was taken from it, and `line` the first piece that could not be read. */
export type Picked =
  | { readonly people: readonly Named[]; readonly no?: undefined }
  | { readonly no: 'nobody' | 'address' | 'notAnId'; readonly line: string }

const objectId = /(?<![0-9a-f-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f-])/gi
/** A name between whatever signs stand around it. */
const lettering = /[\p{L}\p{N}](?:.*[\p{L}\p{N}.)])?/su
/** Of a name, in UTF-16 code units. Teams' own are shorter. */
const longestName = 100

/** Everybody once, in the order given, by ids in lower case; a name typed beside an id is kept until theirs is known. */
export function pickedIn({ people, ids }: PickedInput): Picked {
  const found = new Map<string, string>()
  const pieces = [...people.split(','), ...ids.split(/[\n;；]/u)].map(piece => piece.normalize('NFKC').trim())
  for (const piece of pieces.filter(piece => piece !== '')) {
    const here = piece.match(objectId) ?? []
    if (here.length === 0) return { no: piece.includes('@') ? 'address' : 'notAnId', line: piece }
    const rest = lettering.exec(piece.replaceAll(objectId, ' '))?.[0] ?? ''
    const name = here.length === 1 ? rest.slice(0, longestName).toWellFormed() : ''
    for (const id of here.map(each => each.toLowerCase())) found.set(id, name || (found.get(id) ?? ''))
  }
  if (found.size === 0) return { no: 'nobody', line: '' }
  return { people: [...found].map(([person, name]) => ({ person, name })) }
}
