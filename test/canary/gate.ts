/**
 * Stands before the bot as Teams does: what somebody on the stage does gets the ids and the token that the platform gives
 * it, each a canary, and all that is answered is written down for whoever it was answered to.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Person } from './people.ts'
import { type May, type Sinks, shownLocked } from './sinks.ts'
import type { Words } from './words.ts'

export type Gate = Awaited<ReturnType<typeof startGate>>

export type GateOptions = {
  readonly words: Words
  readonly sinks: Sinks
  /** Where the bot listens. */
  readonly url: string
  readonly token: string
  readonly tenant: string
  readonly bot: string
  readonly of: (id: string) => Person | undefined
  readonly mayOf: (person: Person) => May
}

type Activity = Readonly<Record<string, unknown>> & {
  readonly from: { readonly aadObjectId: string }
  readonly conversation: { readonly conversationType: string }
}

const typeOf = ({ conversation }: Activity) => conversation.conversationType
const inGroup = (activity: Activity) => typeOf(activity) !== 'personal'

export type Posted = { readonly status: number; readonly body: string }

export async function startGate({ words, sinks, url, token, tenant, bot, of, mayOf }: GateOptions) {
  /** All requests, as they were made: what could be leaked. */
  const sent: string[] = []
  /** The statuses of all answers that were errors. */
  const errors = new Set<number>()
  const group = `19:${words.word('GroupChat', 'sent')}@thread.tacv2`
  let posts = 0

  function dressed(activity: Activity, person: Person): object {
    const { key, account, chat, name } = person
    return {
      ...activity,
      id: `f:${words.word(`${key}Activity`, 'sent')}-${++posts}`,
      from: { id: account, aadObjectId: person.id, name, email: words.word(`${key}Mail`, 'sent') },
      recipient: { id: bot, name: 'Learning Log' },
      conversation: { id: inGroup(activity) ? group : chat, conversationType: typeOf(activity), tenantId: tenant },
      channelData: { tenant: { id: tenant }, source: { name: words.word(`${key}Source`, 'sent') } },
      ...('membersAdded' in activity && { membersAdded: [{ id: account, aadObjectId: person.id }, { id: bot }] }),
      ...('replyToId' in activity && { replyToId: `1:${words.word(`${key}Pressed`, 'sent')}` }),
      entities: [{ type: 'clientInfo', country: words.word(`${key}Country`, 'sent') }],
      attachments: [{ contentType: 'text/html', content: words.word(`${key}Attached`, 'sent') }],
    }
  }

  /** As it is, by whomever. */
  async function post(
    body: string,
    headers: Readonly<Record<string, string>>,
    path = '/api/messages',
    method = 'POST',
  ) {
    sent.push(`${path}\n${JSON.stringify(headers)}\n${body}`)
    const response = await fetch(`${url}${path}`, { method, headers, ...(method === 'GET' ? {} : { body }) })
    const answer = { status: response.status, body: await response.text() }
    const whole = JSON.stringify([...response.headers]) + answer.body
    if (answer.status >= 400) {
      errors.add(answer.status)
      sinks.take('HTTP errors', whole)
    }
    return { ...answer, whole }
  }

  async function postAs(activity: Activity): Promise<Posted> {
    const person = of(activity.from.aadObjectId)
    if (!person) throw new Error('Nobody of this town.')
    const { key } = person
    const answer = await post(JSON.stringify(dressed(activity, person)), {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'user-agent': words.word(`${key}Client`, 'sent'),
      cookie: `session=${words.word(`${key}Cookie`, 'sent')}`,
      'x-ms-conversation-id': person.chat,
    })
    sinks.take('HTTP answers', answer.whole, inGroup(activity) ? undefined : mayOf(person), key)
    if (answer.body) for (const said of shownLocked(JSON.parse(answer.body))) sinks.take('lock screens', said)
    return answer
  }

  const server = createServer(async (request, response) => {
    const { status, body } = await postAs(JSON.parse(await text(request)))
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    post,
    postAs,
    sent,
    errors,
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
