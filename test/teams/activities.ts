/** Activities as Microsoft's Agents Playground 0.2.28 sends them (names and ids are made up). */
export const anna = 'aaaaaaaa-0000-4000-8000-000000000001'
export const tenant = '11111111-1111-4111-8111-111111111111'
export const bot = '28:learning-log'
export const conversation = `personal-${anna}`

const base = {
  from: { id: `29:${anna}`, name: 'Anna', aadObjectId: anna },
  timestamp: '2026-11-23T05:26:58.775Z',
  localTimestamp: '2026-11-23T05:26:58.775+00:00',
  localTimezone: 'Europe/London',
  serviceUrl: 'http://localhost:4101/_connector',
  conversation: { conversationType: 'personal', tenantId: tenant, id: conversation },
  recipient: { id: bot, name: 'Learning Log' },
  locale: 'en-US',
  entities: [{ type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'Europe/London' }],
  channelData: { tenant: { id: tenant } },
  channelId: 'msteams',
}

export function message(text: string) {
  return { ...base, type: 'message', id: 'aebe1f8c-c8f8-4906-b36d-33e40f6f10e1', text, textFormat: 'plain' }
}

export function submit(verb: string, data: object) {
  return { ...base, type: 'message', id: 'press-1', replyToId: '1795411974306', value: { ...data, verb } }
}

export function execute(verb: string, data: object) {
  const action = { type: 'Action.Execute', title: 'Save', verb, data }
  return {
    ...base,
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: 'press-1',
    replyToId: '1795411848298',
    value: { action },
  }
}

const { name: _name, ...nameless } = base.from
/** Events tell neither the person's name nor a zone. */
const { localTimezone: _zone, localTimestamp: _local, ...event } = { ...base, from: nameless }

export function installation(action: string) {
  return { ...event, type: 'installationUpdate', id: 'd5d5c9b3-1f04-4a36-a502-272787c5df7a', action }
}

export function members(change: 'membersAdded' | 'membersRemoved', ...ids: string[]) {
  const { locale: _locale, entities: _entities, ...rest } = event
  return {
    ...rest,
    type: 'conversationUpdate',
    id: 'cd7f98c3-2ade-413a-97fc-2736f02d2f72',
    [change]: ids.map(id => ({ id })),
  }
}

export function inGroup<A extends object>(activity: A) {
  return {
    ...activity,
    conversation: { conversationType: 'channel', isGroup: true, tenantId: tenant, id: '19:team@thread.tacv2' },
  }
}
