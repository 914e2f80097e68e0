/** One bot as a process that can be killed, a Playground for each person, and a browser to look at them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Child, startChild } from '../../src/demo/child.ts'
import { everyone as demoPeople } from '../../src/demo/people.ts'
import { type Person, type Playground, startPlayground } from '../../src/demo/playground.ts'
import type { Language } from '../../src/domain/values.ts'
import { prepareCosmos } from '../../src/store/cosmos/cosmos.ts'
import { startGateway } from '../store/gateway/gateway.ts'
import { openBrowser } from './browser.ts'
import { type Chat, openChat } from './chat.ts'
import { freePort } from './ports.ts'

/** On SQLite it is the demo's bot; on the gateway, the same service on the Cosmos DB engine. */
const botScripts = {
  sqlite: new URL('../../src/demo/bot.ts', import.meta.url).pathname,
  gateway: new URL('./gateway-bot.ts', import.meta.url).pathname,
} as const
const startLimitMs = 15_000

export type Town = {
  /** Opens the page of this person, who has not been there before. */
  readonly visit: (person: Person) => Promise<Chat>
  /** Ends the bot as a power cut would, and starts it again on the same port and store. */
  readonly killBot: () => Promise<void>
  /** Does `work` while the store takes no writes; only on the gateway. */
  readonly withoutStore: (work: () => Promise<unknown>) => Promise<void>
  readonly close: () => Promise<void>
}

export async function openTown(
  language: Language,
  engine: keyof typeof botScripts = 'sqlite',
  everyone: Person[] = demoPeople,
): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), 'learning-log-e2e-'))
  const port = await freePort()
  const playgrounds: Playground[] = []
  const gateway = engine === 'gateway' ? await startGateway(() => new Date().toISOString()) : undefined
  if (gateway) await prepareCosmos({ endpoint: gateway.url, database: 'db', container: 'log', auth: { key: 'a2V5' } })
  const browser = await openBrowser()
  let bot = await startBot()

  async function startBot(): Promise<Child> {
    const kept = gateway ? ['--store', gateway.url] : ['--data', folder]
    const child = startChild(botScripts[engine], ['--port', String(port), ...kept, '--language', language])
    for (const limit = Date.now() + startLimitMs; Date.now() < limit; await pause(50)) if (await isReady()) return child
    await child.stop()
    throw new Error(`The bot did not start:\n${child.output()}`)
  }

  async function isReady(): Promise<boolean> {
    try {
      return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok
    } catch {
      return false
    }
  }

  return {
    visit: async person => {
      const botUrl = `http://127.0.0.1:${port}/api/messages`
      const own = await startPlayground({ person, port: await freePort(), botUrl, dataFolder: folder, everyone })
      playgrounds.push(own)
      return openChat(browser, own.url, { name: person.name })
    },
    killBot: async () => {
      process.kill(Number(bot.pid), 'SIGKILL')
      await bot.exited
      bot = await startBot()
    },
    withoutStore: async work => {
      if (!gateway) throw new Error('Only the gateway can be told to fail.')
      gateway.script({ on: 'batch', when: 'before', answer: 403, times: 1_000 })
      await work()
      gateway.mend()
    },
    close: async () => {
      await browser.close()
      for (const playground of playgrounds) await playground.stop()
      await bot.stop()
      await gateway?.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
