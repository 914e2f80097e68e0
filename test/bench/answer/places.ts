/** Where answers are kept while they are measured, the people who write them, and whether they are really there. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answeredCount } from '../../../src/domain/logs/log.ts'
import { keys } from '../../../src/store/documents.ts'
import type { Store } from '../../../src/store/store.ts'
import { openStore } from '../../faults/open.ts'
import { bot } from '../../teams/activities.ts'
import { serviceUrl, tenant } from '../../teams/door/genuine.ts'
import { type Crowd, crowdOf, documentsOf, profilesOf, put } from '../crowd.ts'
import type { Writer } from './work.ts'

const now = '2026-11-23T09:00:00.000Z'
const each = 50

/** Programmes of fifty in which everybody has chosen and nobody has answered. */
export function writingCrowds(people: number): readonly Crowd[] {
  return Array.from({ length: Math.ceil(people / each) }, (_, no) =>
    crowdOf({ name: `writing-${no}`, size: each, from: no * (each + 2), now, lives: ['chosen'] }),
  )
}

/** A file on the disk of the system's temporary folder, in a folder that is removed. */
export async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'learning-log-answer-'))
  return { file: join(folder, 'store.sqlite'), remove: () => rm(folder, { recursive: true, force: true }) }
}

/** @param at a SQLite file, or a gateway's address. */
export async function seed(at: string, crowds: readonly Crowd[]): Promise<void> {
  await onStore(at, async store => {
    for (const crowd of crowds) {
      await put(store, documentsOf(crowd, 'withoutLogs'))
      await put(store, profilesOf(crowd, serviceUrl, { tenant, bot }))
    }
  })
}

/** How many answers of these people are kept there. */
export function answersKept(at: string, writers: readonly Writer[]): Promise<number> {
  return onStore(at, async store => {
    let kept = 0
    for (const { programme, id } of writers) {
      const log = await store.get(keys.log(programme, id, 1, 1))
      if (log) kept += answeredCount(log.doc)
    }
    return kept
  })
}

async function onStore<T>(at: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(at, () => new Date().toISOString(), false)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
