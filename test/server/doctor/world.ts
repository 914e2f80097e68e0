/** What a sound installation would find around it, on this machine, each part of which a test may break. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { packageFiles, zipped } from '../../../appPackage/package.ts'
import type { Finding } from '../../../src/server/doctor/finding.ts'
import { openCosmos, prepareCosmos } from '../../../src/store/cosmos/cosmos.ts'
import type { Json } from '../../store/gateway/answer.ts'
import { type Gateway, startGateway } from '../../store/gateway/gateway.ts'
import { pair } from '../../teams/door/issuer.ts'

export const app = '3f0d2b6a-8c71-4e59-b0a4-57d1e9c26f83'
export const tenant = '91c4a7e0-5d2f-4b38-9e6c-0a8b3f7d1c52'
const teamsApp = '7d3c9a52-1f0e-4b6a-9c58-2e41f7a0b963'

/** None of it may be printed. */
export const secrets = ['canary-secret', 'canary-header', 'canary-token', 'canary-description'] as const

export const values = {
  TEAMS_APP_ID: teamsApp,
  BOT_ID: app,
  DEVELOPER_NAME: 'Contoso',
  WEBSITE_URL: 'https://learning.contoso.com',
  PRIVACY_URL: 'https://learning.contoso.com/privacy',
  TERMS_URL: 'https://learning.contoso.com/terms',
}

const jwt = (claims: object) =>
  [{ alg: 'none' }, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')

type Changes = Readonly<Record<string, string | undefined>>

export type Told = {
  /** Undefined where no process of its own ended. */
  readonly code: number | null | undefined
  readonly out: string
  readonly err: string
  readonly found: Readonly<Record<string, { readonly state: string; readonly says: string }>>
}

/** What Microsoft is like; a test changes it. */
const well = () => ({
  keys: 'well' as 'well' | 'down' | 'page',
  secondsOff: 0,
  claims: { appid: app, tid: tenant } as object,
  /** Why there is no token: Entra's number for it, or a word of the managed identity's endpoint. */
  refusal: undefined as string | undefined,
})

export type World = Awaited<ReturnType<typeof openWorld>>

export async function openWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'learning-log-doctor-'))
  const keys = { keys: [(await pair('one')).jwk] }
  const mood = well()
  const microsoft = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://microsoft')
    const told = (status: number, body: object) => {
      response.setHeader('date', new Date(Date.now() + mood.secondsOff * 1000).toUTCString())
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    const token = { access_token: `${jwt(mood.claims)}.canary-token`, token_type: 'Bearer', expires_in: 3599 }
    const expires = { expires_on: `${Math.floor(Date.now() / 1000) + 3599}` }
    if (
      pathname.endsWith('/token') &&
      mood.refusal &&
      pathname.includes('/oauth2/') === mood.refusal.startsWith('AADSTS')
    ) {
      told(400, { error: 'invalid_client', error_description: `${mood.refusal}: canary-description` })
    } else if (pathname.endsWith('/token')) told(200, { ...token, ...expires })
    else if (mood.keys === 'down') request.socket.resetAndDestroy()
    else if (mood.keys === 'page') response.end('<html>canary-description</html>')
    else if (pathname === '/keys') told(200, keys)
    else told(200, { jwks_uri: 'https://login.botframework.com/keys' })
  })
  microsoft.listen(0, '127.0.0.1')
  await once(microsoft, 'listening')
  const { port } = microsoft.address() as AddressInfo
  const gateway: Gateway = await startGateway(() => new Date().toISOString())
  const cosmos = { endpoint: gateway.url, database: 'learning-log', container: 'learning-log', auth: { key: 'a2V5' } }
  await prepareCosmos(cosmos)

  /** The environment of a sound installation. */
  const sound: Readonly<Record<string, string>> = {
    MicrosoftAppType: 'UserAssignedMSI',
    MicrosoftAppId: app,
    MicrosoftAppTenantId: tenant,
    PROGRAMME_CREATORS: 'anyone',
    COSMOS_ENDPOINT: gateway.url,
    COSMOS_KEY: 'a2V5',
    TEAMS_APP_ID: teamsApp,
    IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`,
    IDENTITY_HEADER: 'canary-header',
  }
  const at = (name: string) => join(folder, name)
  const zip = at('app.zip')
  const pack = (changes: Partial<typeof values>) =>
    writeFile(zip, zipped(packageFiles({ ...values, ...changes }, undefined)))
  await pack({})

  const environment = (changes: Changes) => {
    const all = { PATH: process.env.PATH ?? '', WORLD_PORT: String(port), ...sound, ...changes }
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, string>
  }
  const here = (file: string) => new URL(file, import.meta.url).pathname
  const before = ['--import', here('./elsewhere.ts')]
  let child: ChildProcess | undefined

  /** Runs it as `npm run doctor -- --package app.zip` does. What is undefined in `changes` is not set. */
  async function doctor(changes: Changes = {}, args = ['--package', zip]): Promise<Told> {
    const script = here('../../../src/server/doctor/doctor.ts')
    const run = spawn(process.execPath, [...before, script, ...args], { cwd: folder, env: environment(changes) })
    const [out, err] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'exit')])
    const lines = [...out.matchAll(/^(WELL|MEND|SKIPPED) +(app package|\w+) +(.*(?:\n {24}.*)*)/gm)]
    const found = Object.fromEntries(lines.map(([, state = '', check = '', says = '']) => [check, { state, says }]))
    return { code: run.exitCode, out, err, found }
  }

  /** The same findings from one process for all of them, which is begun once: a process costs a second. */
  async function examined(changes: Changes = {}): Promise<Told> {
    child ??= fork(here('./child.ts'), { cwd: folder, env: environment({}), execArgv: before })
    child.send({ env: environment(changes), file: zip })
    const [findings] = (await once(child, 'message')) as [Finding[]]
    const found = Object.fromEntries(
      findings.map(({ check, state, says }) => [check, { state: state.toUpperCase(), says }]),
    )
    return { code: undefined, out: JSON.stringify(findings), err: '', found }
  }

  return {
    at,
    doctor,
    examined,
    gateway,
    mood,
    /** A container of another kind, in place of the one that was prepared. */
    define: async (name: string, definition: Json) => {
      const body = JSON.stringify({ id: name, ...(definition as object) })
      await fetch(`${gateway.url}dbs/learning-log/colls`, { method: 'POST', body })
    },
    pack,
    store: () => openCosmos(cosmos),
    /** Everything as it was. */
    mended: async () => {
      Object.assign(mood, well())
      gateway.mend()
      await pack({})
    },
    close: async () => {
      child?.disconnect()
      microsoft.close()
      microsoft.closeAllConnections()
      await gateway.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
