/** A whole service in this process, on a store of its own (a file, or a gateway), with a stage before it. */
import { type Links, publicLinks } from '../../src/conversation/turn/links.ts'
import { anna, carla, leo } from '../../src/demo/people.ts'
import { seed } from '../../src/demo/seed.ts'
import { openStage } from '../../src/demo/stage.ts'
import { type Creators, onlyGraduates } from '../../src/domain/programme/creating.ts'
import type { Language } from '../../src/domain/values.ts'
import { startService } from '../../src/index.ts'
import type { Document } from '../../src/store/documents.ts'
import { openOnThisMachine } from '../../src/teams/inbound/frontDoor.ts'
import { counting } from '../store/counting.ts'
import { onFile } from '../store/on-file.ts'
import { onGateway } from '../store/on-gateway.ts'
import { startConnector } from '../teams/connector.ts'

export const engines = ['sqlite', 'gateway'] as const
type Engine = (typeof engines)[number]

export type House = Awaited<ReturnType<typeof openHouse>>

/** Its clock stands at `now` unless it is moved; what the service reports is kept in `reports`. */
export async function openHouse({
  language = 'en' as Language,
  now = '2026-11-23T09:00:00.000Z',
  buttons = 'execute' as 'execute' | 'submit',
  engine = 'sqlite' as Engine,
  /** The platform's list of a team. */
  members = undefined as Parameters<typeof startConnector>[0],
  creators = onlyGraduates as Creators,
  links = publicLinks as Links,
  /** What lies in the store before, as another version of the program has written it; absent: what the demo begins with. */
  lying = [] as readonly Document[],
} = {}) {
  const time = { now }
  const clock = () => time.now
  const shelf = engine === 'gateway' ? await onGateway({ clock }) : await onFile(clock)
  const { store } = shelf
  for (const doc of lying) await store.commit(doc.pk, [{ op: 'put', doc }])
  await seed(store, language, now)
  const requests = counting(store)
  const reports: { event: string; fields: object }[] = []
  const report = (event: string, fields: object) => void reports.push({ event, fields })
  const service = await startService({
    // What is remembered, and pauses, age with the clock that is moved.
    elapsed: () => performance.now() + Date.parse(time.now) - Date.parse(now),
    store: requests.store,
    clock,
    access: openOnThisMachine({ host: '127.0.0.1' }),
    host: '127.0.0.1',
    port: 0,
    report,
    buttons,
    creators,
    links,
    pollMs: 20,
  })
  const url = `http://127.0.0.1:${service.port}`
  const stage = openStage(() => url, await startConnector(members))
  return {
    stage,
    language,
    url,
    store,
    requests,
    /** Where faults can be ordered; on SQLite there is none. */
    gateway: 'gateway' in shelf ? shelf.gateway : undefined,
    time,
    reports,
    anna: stage.actor(anna.id, anna.name),
    carla: stage.actor(carla.id, carla.name),
    leo: stage.actor(leo.id, leo.name),
    close: async () => {
      await service.close()
      await stage.close()
      await shelf.close()
    },
  }
}

/** Resolves when `check` holds, looked at every 10 ms; the message says what was waited for. */
export async function until(what: string, check: () => boolean | Promise<boolean>, withinMs = 5000): Promise<void> {
  for (const limit = Date.now() + withinMs; Date.now() < limit; await new Promise(resolve => setTimeout(resolve, 10))) {
    if (await check()) return
  }
  throw new Error(`Waited ${withinMs} ms in vain: ${what}`)
}
