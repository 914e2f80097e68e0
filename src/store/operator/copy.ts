/**
 * `npm run store:copy -- --from sqlite:PATH --to cosmos`, or the other way round: a whole store into an empty one, with the
 * bot stopped. Cosmos DB is named by COSMOS_ENDPOINT, COSMOS_DATABASE and COSMOS_CONTAINER, as for the bot; COSMOS_KEY
 * is for an emulator on this machine.
 *
 * Documents are copied as they lie there, whatever version of the shapes they are of; a newer program upgrades them in
 * either place. Activity markers go along with the life they have left, so that what is redelivered after the move is
 * still recognised. How far it has come lies in the target, after each page: killed at any moment and run again it goes
 * on from there (out of Cosmos DB with the same version of Microsoft's client), and until it is finished no other copy
 * takes the target for a whole store. Start the bot on it only then. To finish, both are read once more and compared;
 * when they are the same, that last trace is removed. Words of people never reach the output.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { keys } from '../documents.ts'
import type { Fields, RawDocument, RawStore } from '../raw-store.ts'
import { openSqliteShelf } from '../sqlite/sqlite-raw-store.ts'
import { checksumOf, compared } from './checksum.ts'
import { command } from './operator.ts'

/** The list of running processes is not data: it is neither copied nor compared, and a store that holds nothing else counts as empty. */
const { pk: running } = keys.replicas()

/** No document of ours is in this partition. */
const place = { pk: 'copy', id: 'position' }

/** How far it has come: `next` is where the next page of the source begins; absent when it has all been copied. */
type Note = {
  readonly from: string
  readonly copied: number
  readonly next?: string | undefined
  readonly all: boolean
}

const sayEvery = 10_000

/**
 * Copies, compares, and says what it sees. @throws with the mend when one of them is not what it should be, or they are not
 * the same in the end.
 */
export async function copyStore(from: RawStore, to: RawStore, say: (line: string) => void): Promise<void> {
  let note = await begin(from, to)
  if (note.copied > 0) say(`Going on where it was stopped: ${note.copied} documents are there.`)
  while (!note.all) {
    const { docs: all, next } = await from.page(note.next)
    const docs = all.filter(({ fields }) => fields.pk !== running)
    await to.put(docs)
    const copied = note.copied + docs.length
    if (Math.floor(copied / sayEvery) > Math.floor(note.copied / sayEvery)) say(`${copied} documents so far.`)
    note = await keep(to, { from: from.name, copied, next, all: next === undefined })
  }
  const { same, lines } = compared(await checksumOf(pages(from)), await checksumOf(pages(to)))
  for (const line of lines) say(line)
  if (!same) {
    throw new Error(
      `${to.name} is not the same as ${from.name}: somebody wrote to one of them. Stop the bot, empty the target, copy again.`,
    )
  }
  await to.remove(place)
}

/** Where to begin. A target that holds anything but a part of this copy is left as it is. */
async function begin(from: RawStore, to: RawStore): Promise<Note> {
  if (await from.get(place)) {
    throw new Error(
      `${from.name} was being copied to and is not complete: finish that copy first, or name another source.`,
    )
  }
  const found = (await to.get(place))?.fields as (Fields & Note) | undefined
  if (found && found.from !== from.name) {
    throw new Error(`${to.name} holds a part of ${found.from}: finish that copy, or name an empty target.`)
  }
  if (found) return found
  if (!(await holdsAnything(from))) throw new Error(`There is nothing in ${from.name}: name the store to copy.`)
  if (await holdsAnything(to)) {
    throw new Error(`${to.name} holds a store already, perhaps this copy in full: name an empty target.`)
  }
  return keep(to, { from: from.name, copied: 0, all: false })
}

async function keep(to: RawStore, note: Note): Promise<Note> {
  await to.put([{ fields: { ...place, type: 'copy', ...note } }])
  return note
}

async function holdsAnything(shelf: RawStore): Promise<boolean> {
  for await (const docs of pages(shelf)) if (docs.length > 0) return true
  return false
}

/** All there is but our own note and who is running. */
async function* pages(shelf: RawStore): AsyncGenerator<readonly RawDocument[]> {
  let from: string | undefined
  do {
    const { docs, next } = await shelf.page(from)
    yield docs.filter(({ fields: { pk } }) => pk !== place.pk && pk !== running)
    from = next
  } while (from !== undefined)
}

async function open(named: string, as: 'source' | 'target'): Promise<RawStore> {
  const clock = () => new Date().toISOString()
  if (named !== 'cosmos') return openSqliteShelf(named, as, clock)
  // Imported where it is needed: Microsoft's client takes a second to load.
  const { openCosmosShelf } = await import('../cosmos/cosmos.ts')
  const { cosmosFromEnvironment } = await import('../cosmos/cosmos-environment.ts')
  return openCosmosShelf(cosmosFromEnvironment(), clock)
}

/** `cosmos`, or the path of a file. */
function named(argument = ''): string {
  const [, file] = /^sqlite:(.+)$/.exec(argument) ?? []
  if (file === undefined && argument !== 'cosmos') {
    throw new Error('Name both stores: npm run store:copy -- --from sqlite:data/learning-log.sqlite --to cosmos')
  }
  return file === undefined ? argument : resolve(file)
}

if (import.meta.main) {
  await command(async () => {
    const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } })
    const [source, target] = [named(values.from), named(values.to)]
    if (source === target) throw new Error('Both are the same store: name another target.')
    const from = await open(source, 'source')
    try {
      const to = await open(target, 'target')
      await copyStore(from, to, console.log).finally(to.close)
      return `${to.name} is a true copy of ${from.name}.`
    } finally {
      await from.close()
    }
  })
}
