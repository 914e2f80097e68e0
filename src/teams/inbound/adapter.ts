/**
 * Where the Bot Framework SDK ends: it authenticates the activity, everything after that is ours. The SDK's own
 * `process` is not used, since it prints errors and puts their text into answers; its streaming and skills are not mounted.
 */
import { type Activity, CloudAdapter, TurnContext } from 'botbuilder'
import {
  type AuthenticateRequestResult,
  AuthenticationError,
  type BotFrameworkAuthentication,
} from 'botframework-connector'
import { z } from 'zod'
import type { Report } from '../../base/report.ts'
import { type Language, languageOf } from '../../domain/values.ts'
import { type HttpAnswer, messageAnswer } from '../answers.ts'
import { failure, word } from '../failure.ts'
import { type Inbound, inboundOf } from './inbound.ts'
import { NoKeys, Refused, reportRefusals } from './refusals.ts'
import type { Sorry } from './turns.ts'

export type AdapterOptions = {
  readonly door: BotFrameworkAuthentication
  readonly turn: (inbound: Inbound) => Promise<HttpAnswer>
  /** "Not saved, press again", for a press that cannot even be read. */
  readonly sorry: Sorry
  readonly report: Report
}

/** What the SDK itself reads before and while it authenticates; a wrong type there would make it throw. */
const envelope = z.object({
  type: z.string().min(1),
  channelId: z.string().nullish(),
  serviceUrl: z.string().nullish(),
  recipient: z.object({ role: z.string().nullish() }).nullish(),
})
const isActivity = (body: unknown): body is Activity => envelope.safeParse(body).success

export class TeamsAdapter extends CloudAdapter {
  readonly #options: AdapterOptions
  readonly #refused: ReturnType<typeof reportRefusals>

  constructor(options: AdapterOptions) {
    super(options.door)
    this.#options = options
    this.#refused = reportRefusals(options.report)
  }

  /**
   * Answers one POST. Never throws and never tells why in words: 401 for who is not let in, 503 while nobody can be, 400
   * for what is not an activity, 500 when something broke before an answer was found, otherwise what the turn answers.
   */
  async handlePost(authHeader: string, body: unknown): Promise<HttpAnswer> {
    if (!isActivity(body)) return { status: 400, body: { error: 'not an activity' } }
    let answer: HttpAnswer | undefined
    try {
      await this.processActivity(authHeader, body, async () => {
        answer = await this.#letIn(body)
      })
    } catch (error) {
      if (error instanceof AuthenticationError) {
        this.#refused(error instanceof Refused ? error : undefined)
        return { status: 401, body: { error: 'unauthorised' } }
      }
      this.#options.report('door.failed', { ...failure(error) })
      if (error instanceof NoKeys) return { status: 503, body: { error: 'not ready' } }
    }
    return answer ?? { status: 500, body: { error: 'failed' } }
  }

  /**
   * The SDK's own steps to a turn, in functions that Node runs as they are. As shipped they are generators, of which more is
   * left behind than a young collection frees: a saved answer took 2.2 × as long at the 99th percentile and the process
   * 120 MB more. Clients for the connector and for users' tokens, which the SDK makes for each turn, are not made: what is
   * sent goes through `messenger.ts`, and nobody is signed in to anything.
   */
  protected override async processActivity(
    door: string | AuthenticateRequestResult,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<undefined> {
    if (typeof door === 'string') await this.botFrameworkAuthentication.authenticateRequest(activity, door)
    const context = new TurnContext(this, activity)
    await this.middleware.run(context, () => logic(context))
  }

  async #letIn(activity: Activity): Promise<HttpAnswer> {
    const inbound = inboundOf(activity)
    if (inbound) return this.#options.turn(inbound)
    this.#options.report('activity.ignored', { type: word(activity.type), name: activityName(activity) })
    if (activity.type !== 'invoke') return { status: 200 }
    // Somebody pressed a button and waits: a press we cannot read is answered in words, in the platform's own form.
    if (activity.name === 'adaptiveCard/action')
      return messageAnswer(this.#options.sorry('pressed', localeOf(activity)))
    // None of our cards or commands causes one, so that it is the sender's mistake.
    return { status: 400, body: { error: 'not served' } }
  }
}

/** Only a name that looks like one of the platform's (`task/fetch`) may be logged. */
function activityName({ name }: Activity): string | undefined {
  return typeof name === 'string' && /^[A-Za-z]{1,32}(\/[A-Za-z]{1,32}){1,2}$/.test(name) ? name : undefined
}

function localeOf({ locale }: Activity): Language | undefined {
  return languageOf(typeof locale === 'string' ? locale : undefined)
}
