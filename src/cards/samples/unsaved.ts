/** Samples of the card that gives back what could not be saved. */
import type { Verb } from '../actions.ts'
import { unsavedCard } from '../views/unsaved.ts'
import type { Draw, Row } from './row.ts'
import type { SampleWorld } from './world.ts'

const at = { round: 1, session: 1 }

export const unsavedSamples: readonly Row[] = [
  {
    name: 'unsaved',
    samples: {
      answer: unsaved('answer', ({ words }) => ({ ...at, question: 7, rev: 0, go: 'next', answer: words.typed })),
      plan: unsaved('plan', ({ words }) => ({
        ...{ form: 'form', coachee: 'M.L.', topic: words.typed.slice(0, 80), plannedFor: '2026-12-01' },
      })),
      picked: unsaved('addCoach', () => ({ people: 'one,two', ids: '' })),
      long: unsaved('fill', ({ words }) => ({ ...at, pasted: `${words.typed}\n`.repeat(2_000).slice(0, 100_000) })),
    },
  },
]

function unsaved(verb: Verb, pressed: (world: SampleWorld) => object): Draw {
  return (reader, world) => {
    const card = unsavedCard(reader, verb, { programme: world.programme.programme, ...pressed(world) })
    if (!card) throw new Error('The sample carries no text.')
    return card
  }
}
