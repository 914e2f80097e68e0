import assert from 'node:assert/strict'
import { say } from '../../src/cards/texts.ts'
import { visible } from '../../src/cards/visible.ts'
import { anna } from '../../src/demo/people.ts'
import { languages } from '../../src/domain/values.ts'
import { keys } from '../../src/store/documents.ts'
import { golden } from './golden.ts'
import { type House, openHouse, until } from './house.ts'
import { answerAll, answers, stepper, upToChoosing } from './walk.ts'

describe('the first walk', () => {
  for (const language of languages) {
    for (const buttons of ['execute', 'submit'] as const) {
      it(`goes from consent to a coach who reads both logs (${language}, ${buttons})`, async () => {
        const house = await openHouse({ language, buttons })
        try {
          await walk(house)
        } finally {
          await house.close()
        }

        async function walk({ anna: writer, carla: coach, stage, store }: House) {
          const script: string[] = []
          const step = stepper(writer, language)
          const note = (title: string, text = writer.text()) => script.push(`## ${title}\n\n${text}`)

          await coach.install()
          assert.equal(coach.received().length, 1, 'two install events, one welcome')
          note('The coach installs', coach.text())
          await writer.install()
          assert.equal(writer.received().length, 1)
          note('The participant installs')

          await upToChoosing(step)
          note('Home, both sessions chosen')
          await step('home.step.beginDo')
          note('The first question')
          await answerAll(step)
          note('Review of the best one', writer.text().replace(visible('x'.repeat(4000)), '(4,000 × x)'))
          await step('review.submit')
          note('One is in')
          assert.equal(coach.received().length, 1, 'nothing is told before both are in')
          const early = await coach.post({
            ...coach.common(),
            type: 'invoke',
            name: 'adaptiveCard/action',
            value: {
              action: {
                type: 'Action.Execute',
                verb: 'read',
                data: { programme: 'demo', person: anna.id, round: 1, session: 1, page: 1 },
              },
            },
          })
          assert.ok(JSON.stringify(early.body).includes(say(language, 'refusal.notReady')))

          await step('submitted.otherLog')
          await answerAll(step)
          await step('review.submit')
          note('Both are in')
          await until('the coach is told', () => coach.received().length === 2)
          note('The coach is told', coach.text())
          await until(
            'nothing is left promised',
            async () => (await store.query('dueNotices', { now: '9999' })).length === 0,
          )

          await coach.press(say(language, 'ready.readBest'))
          note('The coach reads', coach.text().replace(visible('x'.repeat(4000)), '(4,000 × x)'))
          const pages = [coach.text()]
          while (coach.buttons().includes(say(language, 'common.nextPage')))
            pages.push(await coach.press(say(language, 'common.nextPage')))
          for (const text of answers)
            assert.ok(pages.join('\n').includes(visible(shown(text))), `the coach reads: ${text.slice(0, 40)}`)

          for (const session of [1, 2]) {
            const log = await store.get(keys.log('demo', anna.id, 1, session))
            assert.deepEqual(
              Object.values(log?.doc.answers ?? {}).map(answer => answer.text),
              answers,
              'stored exactly as typed',
            )
          }
          assert.equal(
            stage.connector.received.filter(({ activity }) => JSON.stringify(activity.summary ?? '').includes('Topic'))
              .length,
            0,
          )
          if (buttons === 'execute') golden(`first-walk.${language}`, script.join('\n\n'))
        }
      })
    }
  }
})

/** A reader sees each line of an answer as a paragraph of its own. */
function shown(text: string): string {
  return (
    text
      .split('\n')
      .find(line => line.trim())
      ?.trim() ?? text
  )
}
