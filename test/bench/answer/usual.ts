/**
 * The usual way to ask sixteen questions with the Bot Framework, after Microsoft's sample 05.multi-turn-prompt: a waterfall
 * of text prompts; the dialog's place and the answers so far in ConversationState, all of them in UserState at the end;
 * both on `CosmosDbPartitionedStorage`, and what a turn has changed saved after it.
 */
import {
  ActivityHandler,
  ConversationState,
  MessageFactory,
  type StatePropertyAccessor,
  type TurnContext,
  UserState,
} from 'botbuilder'
import { CosmosDbPartitionedStorage } from 'botbuilder-azure'
import {
  DialogSet,
  DialogTurnStatus,
  TextPrompt,
  WaterfallDialog,
  type WaterfallStep,
  type WaterfallStepContext,
} from 'botbuilder-dialogs'
import { currentQuestionSet, questionSet } from '../../../src/domain/logs/questions.ts'
import { stockHouse } from '../stock.ts'

/** What it says at the end (and `work.ts` waits for). */
const thanks = 'Thank you, that is all.'

type Answers = Record<number, string>

/** @returns the port it listens on. */
export function usualHouse(metadata: string, endpoint: string): Promise<number> {
  const storage = new CosmosDbPartitionedStorage({
    cosmosDbEndpoint: endpoint,
    authKey: 'a2V5',
    databaseId: 'db',
    // Its own, so that two of them at once know nothing of each other.
    containerId: `usual-${process.pid}`,
    compatibilityMode: false,
    // As for our own client on this machine; where the account's regions are is not asked.
    cosmosClientOptions: { connectionPolicy: { enableEndpointDiscovery: false } },
  })
  const conversationState = new ConversationState(storage)
  const userState = new UserState(storage)
  const log = userState.createProperty<Answers>('log')
  const dialogs = new DialogSet(conversationState.createProperty('dialog'))
  dialogs.add(new TextPrompt('text')).add(new WaterfallDialog('log', steps(log)))

  const handler = new ActivityHandler()
  handler.onMessage(async (context, next) => {
    const dialog = await dialogs.createContext(context)
    const { status } = await dialog.continueDialog()
    if (status === DialogTurnStatus.empty) await dialog.beginDialog('log')
    await next()
  })
  return stockHouse(metadata, async (context: TurnContext) => {
    await handler.run(context)
    await conversationState.saveChanges(context, false)
    await userState.saveChanges(context, false)
  })
}

function steps(log: StatePropertyAccessor<Answers>): WaterfallStep[] {
  const { questions } = questionSet(currentQuestionSet)
  /** The step after a question is told what was answered to it. */
  const take = ({ values, result }: WaterfallStepContext, no: number) => Object.assign(values, { [no]: result })
  return [
    ...questions.map(({ en }, index) => async (step: WaterfallStepContext) => {
      if (index > 0) take(step, index)
      return step.prompt('text', { prompt: MessageFactory.text(en) })
    }),
    async step => {
      take(step, questions.length)
      await log.set(step.context, { ...step.values } as Answers)
      await step.context.sendActivity(MessageFactory.text(thanks))
      return step.endDialog()
    },
  ]
}
