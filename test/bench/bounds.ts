/** How many requests an action may cost, and what else is promised of them. */
import type { Done, Mode } from './actions.ts'
import { isPlan, readKinds, totalsOf, written } from './reading.ts'
import type { Recorded } from './recorder.ts'

type Bound = {
  /** The names of the actions it is about begin so. */
  readonly of: string
  /** Requests at most; `cold`: with nothing remembered, what it costs today, so that it does not grow unseen. */
  readonly most: Readonly<Record<Mode, number>>
  /** Whether plans count as well. */
  readonly withPlans?: boolean
  /** What else must be so; the sentence says what is not. */
  readonly also?: (recorded: readonly Recorded[]) => string | undefined
}

/** Whoever may not read words is not protected by a filter alone: the words are not fetched. */
function noWords(recorded: readonly Recorded[]): string | undefined {
  const words = recorded.flatMap(readKinds).filter(kind => kind === 'log' || kind === 'snapshot')
  return words.length > 0 ? `${words.length} documents with answers were read` : undefined
}

/** State, frozen answers, the promise to the coach and the activity's marker: all in one batch, or none of it is so. */
function inOneBatch(recorded: readonly Recorded[]): string | undefined {
  const batches = recorded.filter(({ kind }) => kind === 'batch').map(written)
  if (batches.length !== 1) return `${batches.length} batches instead of one`
  const made = batches.flatMap(operations => operations.map(({ operation, kind }) => `${operation} ${kind}`))
  const missing = ['Replace journey', 'Create snapshot', 'Create notice', 'Create marker'].filter(
    each => !made.includes(each),
  )
  return missing.length > 0 ? `not in its batch: ${missing.join(', ')}` : undefined
}

export const bounds: readonly Bound[] = [
  { of: 'answer by card, the first', most: { warm: 1, cold: 3 } },
  { of: 'answer by card', most: { warm: 1, cold: 2 } },
  { of: 'answer by typing', most: { warm: 3, cold: 5 } },
  { of: 'home', most: { warm: 2, cold: 4 } },
  { of: 'submit the first log', most: { warm: 3, cold: 5 } },
  { of: 'submit the second log', most: { warm: 3, cold: 5 }, also: inOneBatch },
  { of: "leader's progress", most: { warm: 2, cold: 3 }, also: noWords },
  { of: 'leader types', most: { warm: 2, cold: 3 }, also: noWords },
  { of: 'leader presses', most: { warm: 2, cold: 3 }, also: noWords },
  { of: "coach's overview", most: { warm: 2, cold: 3 }, also: noWords },
  { of: 'coach types', most: { warm: 2, cold: 3 }, also: noWords },
  { of: 'coach presses', most: { warm: 2, cold: 3 }, also: noWords },
  { of: 'due poll, none due', most: { warm: 2, cold: 2 }, withPlans: true, also: noWords },
]

export const boundOf = (action: string) => bounds.find(({ of }) => action.startsWith(of))

/** A sentence for every bound that is missed, naming the action. */
export function missed(mode: Mode, done: readonly Done[]): string[] {
  return done.flatMap(({ action, recorded }) => {
    const bound = boundOf(action)
    if (!bound) return []
    const { requests } = totalsOf(recorded)
    const counted = requests + (bound.withPlans ? recorded.filter(isPlan).length : 0)
    const most = bound.most[mode]
    const also = bound.also?.(recorded)
    return [
      ...(counted > most ? [`${action} (${mode}): ${counted} requests, ${most} wanted`] : []),
      ...(also ? [`${action} (${mode}): ${also}`] : []),
    ]
  })
}
