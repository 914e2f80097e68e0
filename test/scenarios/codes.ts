/** Codes and people for the scenarios about coming in. */
import assert from 'node:assert/strict'
import { writeCode } from '../../src/domain/membership/codes.ts'
import { type CodeKind, codeKinds, giveCode } from '../../src/domain/membership/joining.ts'
import type { Programme } from '../../src/domain/programme.ts'
import { document, keys } from '../../src/store/documents.ts'
import { ok } from '../domain/given.ts'
import type { House } from './house.ts'

export const mia = '0d0d0d0d-0000-4000-8000-00000000000d'
export const ben = '0e0e0e0e-0000-4000-8000-00000000000e'

export async function demoOf({ store }: House): Promise<Programme> {
  return (await store.get(keys.programme('demo')))?.doc ?? assert.fail('no programme')
}

/** The programme with a code for so many people, or changed in any other way. @returns the code as it is read. */
export async function withCode(
  house: House,
  kind: CodeKind,
  { places = 20, secret = 'BCDFGHJK', change = {} as Partial<Programme> } = {},
): Promise<string> {
  const given = ok(giveCode(await demoOf(house), kind, secret, places, house.time.now)).programme
  await putProgramme(house, { ...given, ...change })
  return writeCode('demo', secret)
}

export async function putProgramme({ store }: House, programme: Programme): Promise<void> {
  const doc = document(keys.programme(programme.programme), programme)
  assert.ok((await store.commit(doc.pk, [{ op: 'put', doc }])).ok)
}

/** The code that the programme has now, as it is read. */
export async function codeNow(house: House, kind: CodeKind = 'participant'): Promise<string> {
  const programme = await demoOf(house)
  return writeCode('demo', programme[codeKinds[kind]]?.secret ?? assert.fail('no code'))
}
