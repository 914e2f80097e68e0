/** What is done over and over at every size: six things people and the clock ask for most. */
import assert from 'node:assert/strict'
import type { Verb } from '../../src/cards/actions.ts'
import type { Actor, Invoked } from '../../src/demo/stage.ts'
import type { Crowd } from './crowd.ts'
import type { Step } from './lives.ts'
import { pressed, type Stand } from './stand.ts'

export const views = ['home', 'answer', 'submit', "leader's progress", "coach's overview", 'due poll'] as const
export type View = (typeof views)[number]

/** Does it once more; resolves with what the person was answered. What has to be undone first is undone in `before`. */
export type Views = {
  readonly before: (view: View) => Promise<void>
  readonly view: (view: View) => Promise<Invoked | undefined>
}

export function viewsOf({ stage, store, time, does }: Stand, { programme, coach, leader, people }: Crowd): Views {
  const first = (step: Step) => {
    const found = people.find(each => each.step === step)
    assert.ok(found, `nobody is at "${step}"`)
    return stage.actor(found.id, found.name)
  }
  const [writer, finisher] = [first('writing'), first('complete')]
  const [reading, leading] = [stage.actor(coach.id, coach.name), stage.actor(leader.id, leader.name)]
  let saved = 0
  let submitted = false

  const press = (actor: Actor, verb: Verb, data: object): Promise<Invoked> =>
    does(actor, pressed(verb, { programme: programme.programme, round: 1, ...data }))

  return {
    before: async view => {
      if (view === 'submit' && submitted) await press(finisher, 'withdraw', { session: 1 })
    },
    view: async view => {
      switch (view) {
        case 'home':
          return press(writer, 'home', {})
        case 'answer': {
          const answer = `The answer as it was written the ${++saved}. time, and it is about as long as a real one.`
          return press(writer, 'answer', { session: 1, question: 6, rev: saved - 1, go: 'next', answer })
        }
        case 'submit':
          submitted = true
          return press(finisher, 'submit', { session: 1 })
        case "leader's progress":
          return press(leading, 'progress', { page: 1 })
        case "coach's overview":
          return press(reading, 'coachHome', { page: 1 })
        case 'due poll':
          assert.equal((await store.query('dueNotices', { now: time.now })).length, 0)
          return undefined
      }
    },
  }
}
