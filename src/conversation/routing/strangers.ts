/**
 * What somebody may do who takes part in nothing: the rows of the tables that say so. Nothing of them is kept unless one
 * of these makes them somebody.
 */
import { roles } from '../../domain/profile.ts'
import { nowhere } from '../programme/founding.ts'
import { denied, type TurnContext } from '../turn/turn-context.ts'
import { openToAnyone, press } from './action-handlers.ts'
import { commandIn } from './commands.ts'
import type { Ran } from './typing.ts'

export async function asStranger(context: TurnContext): Promise<Ran> {
  const { incoming } = context
  if (incoming.kind === 'action' && openToAnyone.includes(incoming.verb)) {
    return press(context, incoming.verb, incoming.data)
  }
  const found = incoming.kind === 'message' ? commandIn(incoming.text, false, roles) : undefined
  if (found?.command.anyone) return { ...(await found.command.run(context, found.rest)), did: found.command.name }
  // Any other press is of a card that was not made for them.
  return { ...(incoming.kind === 'action' ? denied(context) : nowhere(context)), did: 'stranger' }
}
