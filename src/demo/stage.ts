/**
 * A stage for whole journeys: people who talk to the bot through its public HTTP entry, as Teams would, and see what it
 * answers: the reply to a press, and what arrives at a stand-in for Microsoft's connector.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type AnyCard, buttonsOf, inputsOf, textOf } from './card-reading.ts'
import type { Mailbox } from './mailbox.ts'

export type Invoked = {
  readonly status: number
  readonly body: { readonly type?: string; readonly value?: unknown } | undefined
}

export type Actor = ReturnType<Stage['actor']>
export type Stage<Box extends Mailbox = Mailbox> = ReturnType<typeof openStage<Box>>

/**
 * `botUrl` is asked anew for each post, so that a bot may be killed and started elsewhere. `connector` is where the bot's
 * messages arrive; the stage stops it when it closes.
 */
export function openStage<Box extends Mailbox>(botUrl: () => string, connector: Box) {
  async function post(activity: object, url = botUrl()): Promise<Invoked> {
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    })
    const text = await response.text()
    return { status: response.status, body: text ? JSON.parse(text) : undefined }
  }

  /** @param locale what their client says it speaks; absent: nothing. */
  function actor(person: string, name: string, zone = 'Europe/Berlin', locale?: string) {
    const conversation = `chat-${person}`
    const shown: AnyCard[] = []
    let seen = sentTo(connector, conversation).length

    const common = () => ({
      id: randomUUID(),
      channelId: 'msteams',
      serviceUrl: connector.serviceUrl,
      from: { id: `29:${person}`, aadObjectId: person, name },
      recipient: { id: '28:bot', name: 'Learning Log' },
      conversation: { id: conversation, conversationType: 'personal', tenantId: 'tenant' },
      channelData: { tenant: { id: 'tenant' } },
      localTimezone: zone,
      ...(locale === undefined ? {} : { locale }),
    })

    function arrived(): void {
      for (const { activity } of sentTo(connector, conversation).slice(seen)) {
        seen++
        const attached = (activity.attachments as { content: AnyCard }[] | undefined)?.[0]?.content
        if (attached) shown.push(attached)
      }
    }

    /** The card the person looks at now: the newest that arrived or took another's place. */
    function card(): AnyCard {
      arrived()
      const last = shown.at(-1)
      assert.ok(last, `${name} has seen no card yet`)
      return last
    }

    /** The activity of a press, so that a test can post it twice or to two bots. `typed` by label. */
    function pressing(title: string, typed: Readonly<Record<string, string>> = {}, on = card()) {
      const button = buttonsOf(on).find(each => each.title === title)
      assert.ok(
        button,
        `${name} sees no button "${title}", only: ${buttonsOf(on)
          .map(each => each.title)
          .join(' | ')}`,
      )
      const inputs = inputsOf(on)
      const data: Record<string, unknown> = { ...button.data }
      // As a client does: everything that stands in the fields travels along, empty fields do not.
      for (const input of inputs) if (input.value) data[input.id] = input.value
      for (const [label, text] of Object.entries(typed)) {
        const input = inputs.find(each => each.label === label)
        assert.ok(input, `${name} sees no field "${label}", only: ${inputs.map(each => each.label).join(' | ')}`)
        data[input.id] = text
      }
      if (button.type === 'Action.Submit') return { ...common(), type: 'message', value: data, replyToId: 'card' }
      const action = { type: button.type, verb: button.verb, title, data }
      return { ...common(), type: 'invoke', name: 'adaptiveCard/action', value: { action } }
    }

    /** Takes what a press was answered with as the card now looked at. */
    function look(answered: Invoked): string {
      assert.equal(answered.status, 200)
      arrived()
      const { type, value } = answered.body ?? {}
      if (type === 'application/vnd.microsoft.card.adaptive') shown.push(value as AnyCard)
      return textOf(card())
    }

    return {
      person,
      name,
      card,
      common,
      pressing,
      look,
      post,
      text: () => textOf(card()),
      buttons: () => buttonsOf(card()).map(button => button.title),
      say: async (text: string) => look(await post({ ...common(), type: 'message', text })),
      press: async (title: string, typed?: Readonly<Record<string, string>>) =>
        look(await post(pressing(title, typed))),
      install: async () => {
        await post({ ...common(), type: 'installationUpdate', action: 'add' })
        const membersAdded = [{ id: `29:${person}`, aadObjectId: person }, { id: '28:bot' }]
        await post({ ...common(), type: 'conversationUpdate', membersAdded })
      },
      uninstall: () => post({ ...common(), type: 'installationUpdate', action: 'remove' }),
      /** Waits for a message that comes by itself, after `known` ones were received. */
      hears: async (known: number, withinMs = 5000): Promise<string> => {
        const limit = Date.now() + withinMs
        while (sentTo(connector, conversation).length <= known) {
          assert.ok(Date.now() < limit, `${name} heard nothing within ${withinMs} ms`)
          await pause(5)
        }
        return textOf(card())
      },
      /** Cards and texts that were sent (not given in answer to a press), as their texts. */
      received: () => sentTo(connector, conversation).map(({ activity }) => sentText(activity)),
    }
  }

  return { connector, post, actor, close: () => connector.stop() }
}

function sentTo(connector: Mailbox, conversation: string) {
  return connector.received.filter(({ path }) => path.includes(`/conversations/${conversation}/`))
}

function sentText(activity: Readonly<Record<string, unknown>>): string {
  const attached = (activity.attachments as { content: AnyCard }[] | undefined)?.[0]?.content
  return attached ? textOf(attached) : String(activity.text)
}
