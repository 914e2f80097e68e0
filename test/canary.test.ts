import assert from 'node:assert/strict'
import { askAll } from './canary/others.ts'
import { openTown } from './canary/town.ts'
import { lastPress, logsOf, writeByCards, writerOf } from './canary/writing.ts'

describe('canaries', function () {
  this.timeout(60_000)
  it('try', async () => {
    let t = performance.now()
    const tick = (what: string) => {
      console.log(what, Math.round(performance.now() - t))
      t = performance.now()
    }
    const town = await openTown()
    try {
      tick('open')
      for (const key of ['Carla', 'Leo', 'Paul', 'Anna'] as const) await town.actor(key).install()
      tick('install')
      const anna = writerOf(town, 'Anna')
      await writeByCards(anna, () => askAll(town, 'Anna', ['Carla', 'Leo', 'Paul', 'Stan'], { reads: true }))
      tick('write')
      await lastPress(town, anna, 'Carla', logsOf('Anna', 'AnswerBest', 'AnswerHard'))
      await askAll(town, 'Anna', ['Carla', 'Leo', 'Paul', 'Stan'], { reads: true })
      tick('last')
      const { code, out, err } = await town.bot.end()
      town.look()
      tick('end')
      town.sinks.take('standard output (the log)', out)
      console.log(code, err.slice(0, 3000), out.length)
      const { leaks, allowed } = town.sinks.scan()
      tick('scan')
      console.log(leaks.slice(0, 20), leaks.length)
      for (const [k, v] of allowed) console.log(k, [...v].join(' ').slice(0, 600))
    } finally {
      await town.close()
    }
    assert.ok(true)
  })
})
