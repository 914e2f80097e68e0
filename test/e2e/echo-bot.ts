import { createServer, type IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** What the echo bot reads of an activity. */
interface Activity {
  type: string
  id?: string
  text?: string
  serviceUrl: string
  conversation: { id: string }
  recipient: { id: string }
  from: { id: string; aadObjectId?: string; name?: string }
  value?: { action?: { verb?: string; data?: Record<string, string> } } & Record<string, unknown>
}

/** A bare bot to try the driver on. It sends a card of all inputs, and answers presses with what was entered. */
export interface EchoBot {
  url: string
  received: Activity[]
  stop(): Promise<void>
}

const CARD = 'application/vnd.microsoft.card.adaptive'
const choice = (title: string) => ({ title, value: title.toLowerCase() })
const execute = (title: string, verb: string) => ({ type: 'Action.Execute', title, verb })

const form = (title: string) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: title, wrap: true, weight: 'bolder' },
    { type: 'Input.Text', id: 'name', label: 'Your name', isRequired: true, errorMessage: 'Please give your name' },
    { type: 'Input.Text', id: 'log', label: 'What happened? (学习日志)', isMultiline: true },
    { type: 'Input.Text', id: 'bare', placeholder: 'No label here' },
    { type: 'Input.Date', id: 'day', label: 'Day' },
    { type: 'Input.Number', id: 'mark', label: 'Mark', min: 1, max: 10 },
    { type: 'Input.ChoiceSet', id: 'one', label: 'One of a list', choices: ['Alpha', 'Beta 乙'].map(choice) },
    {
      type: 'Input.ChoiceSet',
      id: 'radio',
      label: 'One of all',
      style: 'expanded',
      choices: ['Red', 'Green'].map(choice),
    },
    {
      type: 'Input.ChoiceSet',
      id: 'many',
      label: 'Some of all',
      style: 'expanded',
      isMultiSelect: true,
      choices: ['A', 'B', 'C'].map(choice),
    },
    {
      type: 'Input.ChoiceSet',
      id: 'some',
      label: 'Some of a list',
      isMultiSelect: true,
      choices: ['North', 'East', 'West'].map(choice),
    },
    { type: 'Input.Toggle', id: 'agree', label: 'Agreement', title: 'I agree', value: 'false' },
    { type: 'ActionSet', actions: [execute('Save in body', 'replace')] },
  ],
  actions: [
    execute('Save', 'replace'),
    execute('Just say', 'say'),
    execute('Fail', 'fail'),
    execute('Refuse', 'refuse'),
    execute('Late', 'late'),
    { type: 'Action.Submit', title: 'Submit', data: { from: 'submit' } },
    execute('Seventh', 'replace'),
  ],
})

const result = (data: unknown) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: `Saved ${JSON.stringify(data)}`, wrap: true }],
  actions: [execute('Back', 'back')],
})

const say = async (to: Activity, message: Record<string, unknown>) => {
  const address = `${to.serviceUrl}/v3/conversations/${encodeURIComponent(to.conversation.id)}/activities`
  const body = JSON.stringify({ type: 'message', from: to.recipient, conversation: to.conversation, ...message })
  const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  await response.text()
}

const sendForm = (to: Activity) =>
  say(to, { attachments: [{ contentType: CARD, content: form(`Form for ${to.from.name}`) }] })

const answerInvoke = async (activity: Activity): Promise<[status: number, body: unknown]> => {
  const { verb, data } = activity.value?.action ?? {}
  const answer = (type: string, value: unknown): [number, unknown] => [200, { statusCode: 200, type, value }]
  if (verb === 'fail') return [500, {}]
  if (verb === 'refuse') return answer('application/vnd.microsoft.error', { code: 'BadRequest', message: 'Not now' })
  if (verb === 'say') return answer('application/vnd.microsoft.activity.message', 'Noted 记下了')
  if (verb === 'late') await pause(1_000)
  return answer(CARD, verb === 'back' ? form('Form again') : result(data))
}

const read = async (request: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const chunk of request) body += chunk
  return body
}

/** Starts the echo bot on a loopback port. */
export const startEchoBot = async (port: number): Promise<EchoBot> => {
  const received: Activity[] = []
  const turn = async (activity: Activity): Promise<[number, unknown]> => {
    received.push(activity)
    if (activity.type === 'invoke') return answerInvoke(activity)
    if (activity.type !== 'message') return [200, {}]
    if (activity.value) await say(activity, { text: `Submitted ${JSON.stringify(activity.value)}` })
    else if (activity.text === 'form') await sendForm(activity)
    else await say(activity, { text: `You said: ${activity.text}` })
    return [200, {}]
  }
  const server = createServer(async (request, response) => {
    const body = await read(request)
    const [status, answer] = body ? await turn(JSON.parse(body)) : [200, {}]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}/api/messages`,
    received,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
