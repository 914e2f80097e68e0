/** The whole service on a store that is watched, with a stage before it: requests are counted where they are made. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Verb } from '../../src/cards/actions.ts'
import { type Actor, type Invoked, openStage } from '../../src/demo/stage.ts'
import { startService } from '../../src/index.ts'
import { openCosmos } from '../../src/store/cosmos/cosmos.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { openOnThisMachine } from '../../src/teams/inbound/frontDoor.ts'
import { replicasGoTo } from '../store/about-replicas.ts'
import { onGateway } from '../store/on-gateway.ts'
import { startConnector } from '../teams/connector.ts'
import { startRecorder } from './recorder.ts'

export const now = '2026-11-23T09:00:00.000Z'

/** What a profile or a programme is remembered for, and a second. */
const forgottenAfterMs = 61_000
/** Never within a run: polls are asked for one by one. */
const never = 2 ** 31 - 1

/** An activity's part that says what is done; the rest is the actor's. */
export const pressed = (verb: Verb, data: object) => ({
  type: 'invoke',
  name: 'adaptiveCard/action',
  value: { action: { type: 'Action.Execute', verb, data } },
})
export const typed = (text: string) => ({ type: 'message', text })

type Shelf = {
  /** For what is put there beforehand; not watched. */
  readonly behind: Store
  /** What the service works with. */
  readonly store: Store
  readonly close: () => Promise<void>
}

/** The clock stands still unless `forget` moves it past what is remembered. */
export type Stand = Awaited<ReturnType<typeof standOn>>

/** On a gateway, every request recorded on its way there. */
export async function gatewayStand() {
  const time = { now }
  const on = await onGateway({ clock: () => time.now, discovery: true })
  const recorder = await startRecorder(on.gateway.url)
  const store = openCosmos({ ...on.options, endpoint: recorder.url })
  const close = async () => {
    await store.close()
    await recorder.close()
    await on.close()
  }
  const stand = await standOn({ behind: on.store, store, close }, time)
  return { ...stand, recorder }
}

/** On a file of its own. */
export async function sqliteStand() {
  const time = { now }
  const folder = await mkdtemp(join(tmpdir(), 'learning-log-bench-'))
  const store = openSqlite(join(folder, 'store.sqlite'), () => time.now)
  const close = async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
  return standOn({ behind: store, store, close }, time)
}

async function standOn(shelf: Shelf, time: { now: string }) {
  const reports: { event: string; fields: object }[] = []
  const serve = (store: Store, pollMs: number) =>
    startService({
      store: replicasGoTo(shelf.behind, store),
      pollMs,
      access: openOnThisMachine({ host: '127.0.0.1' }),
      host: '127.0.0.1',
      port: 0,
      clock: () => time.now,
      elapsed: () => performance.now() + Date.parse(time.now) - Date.parse(now),
      report: (event, fields) => void reports.push({ event, fields }),
    })
  const service = await serve(shelf.store, never)
  const stage = openStage(() => `http://127.0.0.1:${service.port}`, await startConnector())

  return {
    stage,
    store: shelf.store,
    behind: shelf.behind,
    time,
    /** Does it, which must succeed: what was refused costs less and would be counted for it. */
    does: async (actor: Actor, what: object): Promise<Invoked> => {
      const answered = await actor.post({ ...actor.common(), ...what })
      const turn = reports.findLast(({ event }) => event === 'turn')?.fields ?? {}
      assert.equal('outcome' in turn && turn.outcome, 'done', `${JSON.stringify(what)}: ${JSON.stringify(turn)}`)
      return answered
    },
    forget: () => {
      time.now = new Date(Date.parse(time.now) + forgottenAfterMs).toISOString()
    },
    /** One look for what is due, by a service that ends with it. */
    poll: async () => {
      const begun = Promise.withResolvers<void>()
      const { store } = shelf
      const query: Store['query'] = (name, input) => {
        begun.resolve()
        return store.query(name, input)
      }
      const polling = await serve({ ...store, query }, 1)
      await begun.promise
      await polling.close()
    },
    close: async () => {
      await service.close()
      await stage.close()
      await shelf.close()
    },
  }
}
