/**
 * From the platform's activity to the product's own words, parsed once. Unknown extra fields are let through; what is
 * used is checked strictly. Shapes: Microsoft Learn "Bot activities in Teams" and the Agents Playground's own events.
 */
import { z } from 'zod'
import type { Incoming } from '../../conversation/turn/incoming.ts'
import { languageOf, zoneOf } from '../../domain/values.ts'

export type Inbound = {
  readonly incoming: Incoming
  /** It came as an invoke (`Action.Execute`): the answer to the HTTP request is what the person sees. */
  readonly invoke: boolean
  /** The message whose card was pressed by `Action.Submit`, so that it can be replaced. */
  readonly pressedCard?: string
}

/** The platform's ids travel in URLs, where half a character would break more than itself. */
const id = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,512}$/u)
/** What a client may leave out, or send in a form of its own, without harm to us. Entra's longest name has 256 letters. */
const hint = z.string().max(256).nullish().catch(undefined)
const data = z.record(z.string(), z.unknown())
const members = z.array(z.object({ id })).nullish()
/**
 * A team goes by the id of its first channel, a thread ("Get Teams specific context for your bot": `channelData.team.id`).
 * What looks otherwise is no team to us: the id travels in the address at which its members are asked for.
 */
const team = z.object({ id: z.string().regex(/^19:[\w.-]{1,200}@thread\.\w{1,20}$/) })

const common = {
  id,
  from: z.object({ id, name: hint, aadObjectId: z.guid().toLowerCase() }),
  recipient: z.object({ id }),
  conversation: z.object({ id, conversationType: hint, tenantId: id.nullish() }),
  channelData: z.object({ tenant: z.object({ id }).nullish(), team: team.nullish().catch(undefined) }).nullish(),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(1024),
  locale: hint,
  localTimezone: hint,
}

const mention = z.object({ type: z.literal('mention'), mentioned: z.object({ id }), text: z.string().min(1) })

const activitySchema = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('message'),
    text: z.string().nullish(),
    value: z.unknown().optional(),
    replyToId: id.nullish(),
    entities: z.array(z.unknown()).nullish(),
  }),
  z.object({
    ...common,
    type: z.literal('invoke'),
    name: z.literal('adaptiveCard/action'),
    value: z.object({ action: z.object({ verb: id, data: data.nullish() }) }),
  }),
  z.object({
    ...common,
    type: z.literal('installationUpdate'),
    action: z.enum(['add', 'add-upgrade', 'remove', 'remove-upgrade']),
  }),
  z.object({ ...common, type: z.literal('conversationUpdate'), membersAdded: members, membersRemoved: members }),
])

type Activity = z.infer<typeof activitySchema>

/**
 * What the activity means to us, or undefined for what we do not serve: typing, reactions, edits, read receipts, other
 * invokes, messages without text (a lone picture), and anybody whose Entra object id or tenant is not told.
 */
export function inboundOf(body: unknown): Inbound | undefined {
  const parsed = activitySchema.safeParse(body)
  if (!parsed.success) return undefined
  const activity = parsed.data
  const tenant = activity.conversation.tenantId ?? activity.channelData?.tenant?.id
  const what = whatOf(activity)
  if (!tenant || !what) return undefined
  const { recipient, from, conversation, serviceUrl } = activity
  const language = languageOf(activity.locale ?? undefined)
  const zone = zoneOf(activity.localTimezone ?? '')
  return {
    incoming: {
      actor: {
        person: from.aadObjectId,
        name: whole(from.name ?? ''),
        ...(language && { language }),
        ...(zone && { zone }),
      },
      tenant,
      activity: activity.id,
      place: placeOf(activity),
      chat: { serviceUrl, conversation: conversation.id, tenant, bot: recipient.id, account: from.id },
      ...teamOf(activity),
      ...what,
    },
    invoke: activity.type === 'invoke',
    ...(what.kind === 'action' &&
      activity.type === 'message' &&
      activity.replyToId && { pressedCard: activity.replyToId }),
  }
}

/** Confidential cards appear in personal chats only, so a conversation that does not say what it is counts as a group. */
function placeOf({ conversation }: Activity): Incoming['place'] {
  return conversation.conversationType === 'personal' ? 'personal' : 'group'
}

/** Only of what is typed in a channel. */
function teamOf({ type, conversation, channelData }: Activity): { team?: string } {
  const found = type === 'message' && conversation.conversationType === 'channel' && channelData?.team?.id
  return found ? { team: found } : {}
}

type What =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'action'; readonly verb: string; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: 'installed' | 'removed' }

function whatOf(activity: Activity): What | undefined {
  switch (activity.type) {
    case 'message': {
      if (activity.text) return { kind: 'message', text: whole(withoutMention(activity.text, activity)) }
      const pressed = z.looseObject({ verb: id }).safeParse(activity.value)
      return pressed.success ? actionOf(pressed.data.verb, pressed.data) : undefined
    }
    case 'invoke':
      return actionOf(activity.value.action.verb, activity.value.action.data ?? {})
    case 'installationUpdate':
      return { kind: activity.action.startsWith('add') ? 'installed' : 'removed' }
    case 'conversationUpdate':
      if (concernsUs(activity.membersAdded, activity)) return { kind: 'installed' }
      return concernsUs(activity.membersRemoved, activity) ? { kind: 'removed' } : undefined
  }
}

/** `verb` and the platform's own `msteams` are in a Submit's data only: without them both kinds of press are the same. */
function actionOf(verb: string, { verb: _verb, msteams: _platform, ...rest }: Readonly<Record<string, unknown>>): What {
  const data = Object.entries(rest).map(([name, value]) => [name, typeof value === 'string' ? whole(value) : value])
  return { kind: 'action', verb, data: Object.fromEntries(data) }
}

/**
 * NUL and half a character, as a field leaves it that cuts in the middle of an emoji, are nothing that anybody types. A
 * store that is asked to keep them may refuse the whole answer, now and at each new try (Cosmos DB's own emulator does:
 * azure-cosmos-db-emulator-docker#333), so they are replaced here. Every other text goes on exactly as it came.
 */
function whole(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}

/** In a personal chat whoever is added means the chat; in a team or group only the bot's own coming and going counts. */
function concernsUs(who: z.infer<typeof members>, activity: Activity): boolean {
  if (!who || who.length === 0) return false
  return placeOf(activity) === 'personal' || who.some(member => member.id === activity.recipient.id)
}

/**
 * The text as it was typed, without the bot's own mention and the space around that. Teams sends plain text
 * (`textFormat: plain`), so nothing is unescaped; other people's mentions stay.
 */
function withoutMention(text: string, activity: Extract<Activity, { type: 'message' }>): string {
  let rest = text
  for (const entity of activity.entities ?? []) {
    const found = mention.safeParse(entity)
    if (!found.success || found.data.mentioned.id !== activity.recipient.id) continue
    rest = rest.replaceAll(found.data.text, '')
  }
  return rest === text ? text : rest.replaceAll('&nbsp;', ' ').trim()
}
