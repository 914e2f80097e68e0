import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Ending, startChild } from './child.ts'
import { portIsFree } from './ports.ts'

/** One person of the demo. */
export interface Person {
  /** The Microsoft Entra object id, a GUID. */
  id: string
  name: string
  /** The IANA time zone the person's messages carry; without it, the machine's. */
  timeZone?: string
}

/** One running Playground: Teams as one person sees it. */
export interface Playground {
  /** The page to open in a browser. */
  url: string
  /** Ends it; resolves when its process is gone. */
  stop(): Promise<void>
  /** Settles when its process has ended, asked or not. */
  exited: Promise<Ending>
}

const TENANT_ID = '7c1e0d52-6a0b-4f6c-9a64-2f3d5b8e9a10'
const BOT = { id: '28:learning-log', name: 'Learning Log' }
const LEAST_USERS = 5
const START_LIMIT_MS = 30_000
const LOOPBACK = new URL('./loopback.ts', import.meta.url).href

const account = ({ id, name }: Person) => {
  const [givenName = name, ...rest] = name.split(' ')
  const email = `${id}@learning-log.example`
  return {
    id: `29:${id}`,
    aadObjectId: id,
    name,
    givenName,
    surname: rest.join(' ') || givenName,
    email,
    userPrincipleName: email,
  }
}

const extra = (number: number): Person => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  name: `Nobody ${number} (filler)`,
})

const configOf = (person: Person, everyone: Person[]) => {
  const others = everyone.filter(other => other.id !== person.id)
  for (let number = 1; others.length < LEAST_USERS; number += 1) others.push(extra(number))
  return {
    version: '0.1.1',
    tenantId: TENANT_ID,
    bot: BOT,
    currentUser: account(person),
    users: others.map(account),
    personalChat: { id: `personal-${person.id}` },
    groupChat: { id: `group-${person.id}`, name: 'Group chat (not used)' },
    team: {
      id: `team-${person.id}`,
      name: 'Team (not used)',
      aadGroupId: '00000000-0000-4000-8000-000000000031',
      channels: [{ id: `channel-${person.id}`, name: 'Announcements' }],
    },
  }
}

const answers = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

/**
 * Starts the Playground of one person on a port of its own, on the loopback address, and resolves once its page answers.
 * The person's chat has the same conversation id every time. Rejects with a plain reason when the port is taken, when the
 * process ends, or when the page has not answered within 30 seconds.
 *
 * `botUrl` is the whole messages endpoint; configuration and log go to `dataFolder`.
 */
export const startPlayground = async (options: {
  person: Person
  port: number
  botUrl: string
  dataFolder: string
  everyone: Person[]
}): Promise<Playground> => {
  const { person, port, botUrl, dataFolder, everyone } = options
  if (!(await portIsFree(port))) throw new Error(`Port ${port} is taken; ${person.name}'s chat needs it.`)

  await mkdir(dataFolder, { recursive: true })
  const file = (ending: string) => path.resolve(dataFolder, `playground-${person.id}${ending}`)
  // The configuration is read as YAML, of which JSON is a part.
  await writeFile(file('.yml'), JSON.stringify(configOf(person, everyone), null, 2))

  const url = `http://127.0.0.1:${port}`
  const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js')
  const args = ['start', '--app-endpoint', botUrl, '--port', String(port), '--service-url', `${url}/_connector`, '--dt']
  const child = startChild(cli, args, {
    preload: [LOOPBACK],
    cwd: dataFolder,
    env: {
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: file('.yml'),
      M365_AGENTS_PLAYGROUND_LOGFILE: file('.log'),
      TEAMSAPPTESTER_BROWSER: 'none',
      APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
      ...(person.timeZone ? { TZ: person.timeZone } : {}),
    },
  })

  let ended: Ending | undefined
  void child.exited.then(ending => {
    ended = ending
  })
  const limit = Date.now() + START_LIMIT_MS
  while (!(await answers(url))) {
    if (ended) throw new Error(`${person.name}'s Playground ended at its start:\n${child.output()}`)
    if (Date.now() > limit) {
      await child.stop()
      throw new Error(`${person.name}'s Playground did not answer at ${url} in ${START_LIMIT_MS / 1000} s.`)
    }
    await pause(100)
  }
  return { url, stop: child.stop, exited: child.exited }
}
