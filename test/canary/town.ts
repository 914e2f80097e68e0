/** A bot with everything around it: stores that can break, a connector, an issuer, a place for measurements, people. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStage } from '../../src/demo/stage.ts'
import { startIngestion } from '../server/ingestion.ts'
import { startGateway } from '../store/gateway/gateway.ts'
import { startConnector } from '../teams/connector.ts'
import { pair, sign, startIssuer } from '../teams/door/issuer.ts'
import { houses, type Service, services, startBot } from './child.ts'
import { type Gate, startGate } from './gate.ts'
import { createPeople, inGroup, type Key, type Person, rightsOf } from './people.ts'
import { createSeeds } from './seeds.ts'
import { createSinks, shownLocked } from './sinks.ts'
import { startTap } from './tap.ts'
import { createWords } from './words.ts'

export const now = '2026-11-23T09:00:00.000Z'
const app = 'cccccccc-1111-4111-8111-cccccccccccc'

type Activity = { readonly recipient?: { readonly id: string }; readonly members?: readonly { readonly id: string }[] }

export type Town = Awaited<ReturnType<typeof openTown>>

export async function openTown() {
  const words = createWords()
  const sinks = createSinks(words)
  const people = createPeople(words)
  const all = Object.values(people)
  const tenant = words.guid('Tenant')
  const botId = `28:${words.word('Bot')}`
  const signer = await pair(words.word('TokenKey', 'sent'))
  const issuer = await startIssuer(signer)
  const gateways = { main: await startGateway(() => now), faulty: await startGateway(() => now) }
  const connector = await startConnector()
  const tap = await startTap(connector.serviceUrl)
  const ingestion = await startIngestion()
  const folder = await mkdtemp(join(tmpdir(), 'learning-log-'))
  const file = join(folder, 'store.sqlite')

  const claims = () => {
    const seconds = Math.floor(Date.now() / 1000)
    const about = { nbf: seconds - 60, exp: seconds + 3600, jti: words.word('TokenClaim', 'sent') }
    return { aud: app, iss: 'https://api.botframework.com', serviceurl: tap.url, ...about }
  }
  const token = await sign(signer, claims())
  const bot = await startBot({
    ...{ app, tenant, file, now, metadata: issuer.metadata, ingestion: ingestion.connectionString },
    token: words.word('OutToken', 'heard'),
    gateways: { main: gateways.main.url, faulty: gateways.faulty.url },
    seeds: createSeeds({ words, people, tenant, bot: botId, serviceUrl: tap.url, now }),
  })

  /** What coaches may read at this moment, by canary. */
  const readable = new Set<string>()
  /** What they may see as things are now, whatever may be read later. */
  const mayOf = (person: Person) => {
    const then = new Set(readable)
    return rightsOf(person, people, name => then.has(name))
  }
  const of = (id: string) => all.find(person => person.id === id)
  const gateTo = (port: number) =>
    startGate({ words, sinks, token, tenant, bot: botId, of, mayOf, url: `http://127.0.0.1:${port}` })
  const opened = services.map(async name => [name, await gateTo(bot.ports[name])] as const)
  const gates = Object.fromEntries(await Promise.all(opened)) as Record<Service, Gate>

  /** By the chat it goes to; one that was opened anew has an id of the connector's. */
  function receiverOf(path: string, { recipient, members }: Activity): Person | undefined {
    const to = decodeURIComponent(path)
    if (to.includes(words.word('GroupChat', 'sent'))) return undefined
    const [account] = [recipient, ...(members ?? [])].flatMap(each => each?.id ?? [])
    return all.find(({ chat }) => to.includes(chat)) ?? all.find(person => person.account === account)
  }

  const heard: { path: string; activity: Readonly<Record<string, unknown>> }[] = []
  let looked = 0

  /** Writes down what has come at the connector since, for whoever it came to, under what they may see now. */
  function look(): void {
    for (const { path, activity } of connector.received.slice(looked)) {
      looked++
      const person = receiverOf(path, activity as Activity)
      const may = person ? mayOf(person) : inGroup
      sinks.take('messages', JSON.stringify(activity), may, person?.key)
      for (const said of [...shownLocked(activity), `${activity.text ?? ''}`]) sinks.take('lock screens', said)
      // The stage knows people by chats of its own.
      if (person)
        heard.push({ path: path.replace(/\/conversations\/[^/]+/, `/conversations/chat-${person.id}`), activity })
    }
  }

  const mailbox = {
    serviceUrl: tap.url,
    get received() {
      look()
      return heard
    },
    stop: async () => {},
  }
  const stages = Object.fromEntries(houses.map(house => [house, openStage(() => gates[house].url, mailbox)]))
  const actors = new Map(all.map(({ key, id, name, house }) => [key, stages[house]?.actor(id, name)]))

  return {
    ...{ words, sinks, people, tenant, tap, connector, ingestion, gateways, file, bot, gates, readable, look },
    /** Whatever is taken for Teams' own word: `sign(...)` a genuine token that says something else. */
    sign: (changes: object, by = signer) => sign(by, { ...claims(), ...changes }),
    token,
    actor: (key: Key) => actors.get(key) ?? none(),
    close: async () => {
      bot.kill()
      for (const gate of Object.values(gates)) await gate.stop()
      await tap.stop()
      await Promise.all([connector, issuer].map(each => each.stop()))
      await Promise.all([ingestion, gateways.main, gateways.faulty].map(each => each.close()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function none(): never {
  throw new Error('Nobody of this town.')
}
