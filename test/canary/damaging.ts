/** What can happen to a file: somebody else holds it, a document in it is damaged or of another shape, a table is gone. */
import { DatabaseSync } from 'node:sqlite'
import { pressing } from './others.ts'
import type { Key } from './people.ts'
import type { Town } from './town.ts'

type Body = Readonly<Record<string, unknown>>

/** Ines writes all the while, and her coach and team leader look. */
export async function damage(town: Town): Promise<void> {
  const { words, people, gates, file } = town
  const programme = words.word('SummerId')
  const db = new DatabaseSync(file, { timeout: 5_000 })
  const one = db.prepare('SELECT body FROM documents WHERE pk = :pk AND id = :id')
  const write = db.prepare('UPDATE documents SET body = :body WHERE pk = :pk AND id = :id')
  const pk = `p:${programme}`

  async function everybodyAsks(which: string): Promise<void> {
    const ines = town.actor('Ines')
    const text = (name: string, fate: 'givenBack' | 'sent') => words.word(`Ines${name}${which}`, fate)
    const plan = { programme, form: `f-${which}`, coachee: text('Alias', 'sent'), topic: text('Topic', 'sent') }
    await gates.file.postAs(pressing(ines, 'plan', { ...plan, goal: text('Goal', 'sent') }))
    const say = (key: Key, line: string) =>
      gates.file.postAs({ ...town.actor(key).common(), type: 'message', text: line })
    await say('Ines', text('Line', 'sent'))
    await say('Ines', 'home')
    await say('Cora', 'ready')
    await say('Lars', 'progress')
    await gates.file.postAs({ ...ines.common(), type: 'installationUpdate', action: 'add' })
  }

  /** With this document as it should not be. */
  async function having(
    id: string,
    which: string,
    change: (body: Body, canary: string) => string,
    then = everybodyAsks,
  ) {
    const before = String(one.get({ pk, id })?.body)
    write.run({ pk, id, body: change(JSON.parse(before), words.word(`Damaged${which}`, 'heard')) })
    await then(which)
    write.run({ pk, id, body: before })
  }

  const journey = `j:${people.Ines.id}`
  await town.actor('Ines').say('take part')
  db.exec('BEGIN IMMEDIATE')
  await everybodyAsks('Locked')
  db.exec('ROLLBACK')
  await having(journey, 'Cut', (body, canary) => `${JSON.stringify({ ...body, name: canary }).slice(0, -9)} ${canary}`)
  // A parser quotes what it did not expect.
  await having(journey, 'Quoted', (body, canary) => `${canary}${JSON.stringify(body)}`)
  await having(journey, 'Rounds', (body, canary) => JSON.stringify({ ...body, rounds: canary }))
  await having(journey, 'Newer', (body, type) => JSON.stringify({ ...body, schemaVersion: 99, type }))
  await having(journey, 'Coachee', (body, canary) => {
    const session = { no: 1, form: canary, coachee: { [canary]: canary }, topic: 7, goal: canary }
    return JSON.stringify({ ...body, rounds: [{ no: 1, sessions: [session], logs: {}, readyNo: 0 }] })
  })
  await having('p', 'Questions', (body, questionSet) => JSON.stringify({ ...body, questionSet }))
  await having(
    `l:${people.Olga.id}:1:1`,
    'Log',
    (body, questionSet) => JSON.stringify({ ...body, questionSet }),
    async () => {
      await town.actor('Olga').post({ ...town.actor('Olga').common(), type: 'message', text: 'review best' })
    },
  )
  db.exec('ALTER TABLE documents RENAME TO elsewhere')
  await everybodyAsks('Gone')
  db.exec('ALTER TABLE elsewhere RENAME TO documents')
  db.close()
}
