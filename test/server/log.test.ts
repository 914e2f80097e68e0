import assert from 'node:assert/strict'
import { createLog } from '../../src/server/log.ts'

describe('log', () => {
  const logged = (fields: Parameters<ReturnType<typeof createLog>>[1], key?: string) => {
    const lines: string[] = []
    createLog({ level: 'info', stream: { write: line => void lines.push(line) }, ...(key && { key }) })('event', fields)
    const { time: _time, ...rest } = JSON.parse(lines[0] ?? '')
    return rest
  }

  it('keeps facts, hashes ids, leaves sentences out', () => {
    const { person, ...rest } = logged({
      person: 'anna',
      did: 'answer',
      ms: 3,
      repeated: true,
      code: 'what Anna wrote',
      none: undefined,
    })
    assert.match(person, /^[\w-]{10}$/)
    assert.deepEqual(rest, { level: 30, msg: 'event', did: 'answer', ms: 3, repeated: true, code: '(left out)' })
  })

  it('hashes alike under one key and differently under another', () => {
    const hash = (key?: string) => logged({ person: 'anna' }, key).person
    assert.equal(hash('k'), hash('k'))
    assert.notEqual(hash('k'), hash('l'))
    assert.notEqual(hash(), hash())
  })

  it('logs what broke as an error', () => {
    assert.equal(logged({ error: 'TypeError' }).level, 50)
  })
})
