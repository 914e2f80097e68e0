/** A whole service that is measured, on a Cosmos gateway, with Anna and Carla on a stage before it. */
import { anna, carla } from '../../src/demo/people.ts'
import { seed } from '../../src/demo/seed.ts'
import { openStage } from '../../src/demo/stage.ts'
import { startService } from '../../src/index.ts'
import { createLog } from '../../src/server/observability/log.ts'
import type { Telemetry } from '../../src/server/observability/telemetry.ts'
import { openOnThisMachine } from '../../src/teams/inbound/frontDoor.ts'
import { onGateway } from '../store/on-gateway.ts'
import { startConnector } from '../teams/connector.ts'

const now = '2026-11-23T09:00:00.000Z'

export type MeasuredHouse = Awaited<ReturnType<typeof openMeasuredHouse>>

export async function openMeasuredHouse({ counting, watching, around }: Omit<Telemetry, 'close'>) {
  const on = await onGateway({ clock: () => now })
  await seed(on.store, 'en', now)
  const lines: string[] = []
  const service = await startService({
    store: watching(on.store),
    clock: () => now,
    access: openOnThisMachine({ host: '127.0.0.1' }),
    host: '127.0.0.1',
    port: 0,
    report: counting(createLog({ level: 'info', stream: { write: line => void lines.push(line) } })),
    pollMs: 20,
    around,
  })
  const url = `http://127.0.0.1:${service.port}`
  const connector = await startConnector()
  const stage = openStage(() => url, connector)
  return {
    url,
    store: on.store,
    gateway: on.gateway,
    connector,
    /** What the same service has logged: each of its events has been counted. */
    logged: () => lines.map(line => JSON.parse(line) as { readonly msg: string }),
    anna: stage.actor(anna.id, anna.name),
    carla: stage.actor(carla.id, carla.name),
    close: async () => {
      await service.close()
      await stage.close()
      await on.close()
    },
  }
}
