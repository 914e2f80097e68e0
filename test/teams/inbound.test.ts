import assert from 'node:assert/strict'
import { inboundOf } from '../../src/teams/inbound/inbound.ts'
import {
  anna,
  bot,
  conversation,
  execute,
  inGroup,
  installation,
  members,
  message,
  submit,
  tenant,
} from './activities.ts'

describe('inbound', () => {
  const kindOf = (activity: object) => inboundOf(activity)?.incoming.kind

  it('reads a typed message with everything about its writer', () => {
    assert.deepEqual(inboundOf(message('hello')), {
      incoming: {
        actor: { person: anna, name: 'Anna', language: 'en', zone: 'Europe/London' },
        tenant,
        activity: 'aebe1f8c-c8f8-4906-b36d-33e40f6f10e1',
        place: 'personal',
        chat: { serviceUrl: 'http://localhost:4101/_connector', conversation, tenant, bot, account: `29:${anna}` },
        kind: 'message',
        text: 'hello',
      },
      invoke: false,
    })
  })

  it('keeps text as it was typed', () => {
    for (const text of ['  two\r\nlines\n', 'a < b & <c> &amp; **d**', '  ', '我学到了\u200b什么']) {
      const incoming = inboundOf(message(text))?.incoming
      assert.equal(incoming?.kind === 'message' && incoming.text, text)
    }
  })

  it('replaces NUL and half characters, which no store has to hold, and nothing else', () => {
    const text = '\u0000a\ud83d b\ude00 😀 \u0001\u202e\ufeff \r\n'
    const kept = '\ufffda\ufffd b\ufffd 😀 \u0001\u202e\ufeff \r\n'
    const typed = inboundOf(message(text))?.incoming
    assert.equal(typed?.kind === 'message' && typed.text, kept)
    const pressed = inboundOf(execute('answer', { answer: text, coaches: [text], rev: 1 }))?.incoming
    assert.deepEqual(pressed?.kind === 'action' && pressed.data, { answer: kept, coaches: [text], rev: 1 })
    const named = inboundOf({ ...message('x'), from: { id: '29:x', name: text, aadObjectId: anna } })?.incoming
    assert.equal(named?.actor.name, kept)
  })

  it('takes no name that Entra gives nobody, and no id that breaks an address', () => {
    const named = (name: unknown) => inboundOf({ ...message('x'), from: { id: '29:x', name, aadObjectId: anna } })
    assert.equal(named('n'.repeat(256))?.incoming.actor.name.length, 256)
    for (const name of ['n'.repeat(257), 7, {}, null]) assert.equal(named(name)?.incoming.actor.name, '')
    for (const id of ['', '\ud800', 'a\u0000', 'a\nb', 'x'.repeat(513)]) {
      assert.equal(inboundOf({ ...message('x'), id }), undefined)
      assert.equal(
        inboundOf({ ...message('x'), conversation: { id, conversationType: 'personal', tenantId: 't' } }),
        undefined,
      )
      assert.equal(inboundOf({ ...submit('home', {}), replyToId: id }), undefined)
    }
  })

  it('takes the bot’s own mention off, and nobody else’s', () => {
    const at = (id: string, text: string) => ({ type: 'mention', mentioned: { id }, text })
    const entities = [at(bot, '<at>Learning Log</at>'), at('29:bo', '<at>Bo</at>'), { type: 'clientInfo' }, null]
    const incoming = inboundOf({ ...message('<at>Learning Log</at>&nbsp; help <at>Bo</at>\n'), entities })?.incoming
    assert.equal(incoming?.kind === 'message' && incoming.text, 'help <at>Bo</at>')
    const began = performance.now()
    for (const mark of [' ', '&nbsp;', '<at>Learning Log</at>']) {
      const text = `<at>Learning Log</at>x${mark.repeat(100_000)}x`
      assert.equal(inboundOf({ ...message(text), entities })?.incoming.kind, 'message')
    }
    assert.ok(performance.now() - began < 2000, 'no text takes long')
  })

  it('makes the same press of Execute and of Submit', () => {
    const data = { programme: 'p1', question: 3, answer__r7: '第一行\nsecond', nested: { deep: [1] } }
    const executed = inboundOf(execute('answer', data))
    const submitted = inboundOf(submit('answer', { ...data, msteams: { feedback: { hide: true } } }))
    assert.deepEqual(executed?.incoming, submitted?.incoming)
    assert.deepEqual(executed?.incoming.kind === 'action' && executed.incoming.data, data)
    assert.deepEqual([executed?.invoke, executed?.pressedCard], [true, undefined])
    assert.deepEqual([submitted?.invoke, submitted?.pressedCard], [false, '1795411974306'])
  })

  it('reads a press without data, and lets no prototype in', () => {
    const bare = { ...execute('home', {}), value: { action: { type: 'Action.Execute', verb: 'home' } } }
    const incoming = inboundOf(bare)?.incoming
    assert.deepEqual(incoming?.kind === 'action' && incoming.data, {})
    const evil = inboundOf(execute('home', JSON.parse('{"__proto__":{"role":"coach"}}')))?.incoming
    assert.ok(evil?.kind === 'action')
    assert.equal(evil.data.role, undefined)
  })

  it('reads coming and going from both kinds of event', () => {
    assert.equal(kindOf(installation('add')), 'installed')
    assert.equal(kindOf(installation('add-upgrade')), 'installed')
    assert.equal(kindOf(installation('remove')), 'removed')
    assert.equal(kindOf(installation('remove-upgrade')), 'removed')
    assert.equal(kindOf(installation('rename')), undefined)
    assert.equal(kindOf(members('membersAdded', `29:${anna}`, bot)), 'installed')
    assert.equal(kindOf(members('membersRemoved', bot)), 'removed')
    assert.equal(kindOf(members('membersAdded', `29:${anna}`)), 'installed')
    assert.equal(kindOf(members('membersAdded')), undefined)
    assert.deepEqual(inboundOf(members('membersAdded', bot))?.incoming.actor, { person: anna, name: '' })
  })

  it('knows the team of what is typed in a channel, and of nothing else', () => {
    const inChannel = {
      conversation: { id: '19:channel@thread.tacv2', conversationType: 'channel', tenantId: tenant },
      channelData: { tenant: { id: tenant }, team: { id: '19:team@thread.tacv2' } },
    }
    const teamOf = (activity: object) => inboundOf({ ...activity, ...inChannel })?.incoming.team
    assert.equal(teamOf(message('enrol')), '19:team@thread.tacv2')
    assert.equal(teamOf(execute('home', {})), undefined)
    const group = { conversation: { ...inChannel.conversation, conversationType: 'groupChat' } }
    assert.equal(inboundOf({ ...message('enrol'), ...inChannel, ...group })?.incoming.team, undefined)
  })

  it('takes no interest in who joins a team, only in its own coming', () => {
    assert.equal(kindOf(inGroup(members('membersAdded', '29:bo'))), undefined)
    assert.equal(kindOf(inGroup(members('membersAdded', '29:bo', bot))), 'installed')
  })

  it('calls personal only what says so', () => {
    const placeOf = (said: object) =>
      inboundOf({ ...message('hello'), conversation: { id: 'c', tenantId: tenant, ...said } })?.incoming.place
    assert.equal(placeOf({ conversationType: 'personal' }), 'personal')
    assert.equal(placeOf({ conversationType: 'groupChat' }), 'group')
    assert.equal(placeOf({ conversationType: 'channel' }), 'group')
    assert.equal(placeOf({}), 'group')
  })

  it('takes the tenant from where it is told, and nobody without one', () => {
    const { conversation: _c, channelData: _d, ...rest } = message('hello')
    const chat = { id: 'c', conversationType: 'personal' }
    assert.equal(
      inboundOf({ ...rest, conversation: chat, channelData: { tenant: { id: 't2' } } })?.incoming.tenant,
      't2',
    )
    assert.equal(inboundOf({ ...rest, conversation: chat }), undefined)
  })

  it('takes a language and a zone only when they are ones', () => {
    const actorOf = (said: object) => inboundOf({ ...message('hello'), ...said })?.incoming.actor
    assert.equal(actorOf({ locale: 'zh-Hans-CN' })?.language, 'zh-CN')
    assert.equal(actorOf({ locale: 'de-DE' })?.language, undefined)
    assert.equal(actorOf({ locale: 7 })?.language, undefined)
    assert.equal(actorOf({ localTimezone: 'Asia/Shanghai' })?.zone, 'Asia/Shanghai')
    assert.equal(actorOf({ localTimezone: 'China Standard Time' })?.zone, undefined)
    // One name each, since calendars remember every name for ever.
    assert.equal(actorOf({ localTimezone: 'eUROPE/bERLIN' })?.zone, 'Europe/Berlin')
    assert.equal(actorOf({ localTimezone: 'asia/kolkata' })?.zone, 'Asia/Kolkata')
    for (const zone of ['+01:00', 'constructor', '', 'x'.repeat(5000), ['Europe/Berlin'], 7]) {
      assert.equal(actorOf({ localTimezone: zone })?.zone, undefined)
    }
    assert.equal(actorOf({ localTimezone: null })?.zone, undefined)
  })

  it('knows a person by the Entra object id alone, in one spelling', () => {
    const from = (said: object) => inboundOf({ ...message('hello'), from: { id: '29:x', name: 'X', ...said } })
    assert.equal(from({ aadObjectId: anna.toUpperCase() })?.incoming.actor.person, anna)
    assert.equal(from({}), undefined)
    assert.equal(from({ aadObjectId: '' }), undefined)
    assert.equal(from({ aadObjectId: 'anna' }), undefined)
  })

  it('does not serve the rest', () => {
    const { text: _text, ...noText } = message('')
    const others: object[] = [
      { ...noText, type: 'typing' },
      { ...noText, type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
      { ...message('edited'), type: 'messageUpdate' },
      { ...noText, type: 'event', name: 'application/vnd.microsoft.readReceipt' },
      { ...noText, type: 'handoff' },
      { ...execute('x', {}), name: 'task/fetch' },
      { ...execute('x', {}), value: { action: { data: {} } } },
      { ...noText, attachments: [{ contentType: 'image/png' }] },
      { ...noText, value: { go: 'next' } },
      { ...noText, value: ['verb'] },
      { ...message('hello'), serviceUrl: 'ftp://127.0.0.1/' },
      { ...message('hello'), id: undefined },
      { ...message('hello'), text: 7 },
    ]
    for (const activity of others) assert.equal(inboundOf(activity), undefined, JSON.stringify(activity))
    for (const body of [undefined, null, 7, 'message', [], {}]) assert.equal(inboundOf(body), undefined)
  })
})
