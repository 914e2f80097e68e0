import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import sinon from 'sinon'
import type { Report } from '../../src/base/report.ts'
import { createLog, type LogOptions } from '../../src/server/observability/log.ts'

type Line = Readonly<Record<string, unknown>>

function open(options: Partial<LogOptions> = {}) {
  const lines: string[] = []
  const report = createLog({ level: 'info', stream: { write: line => void lines.push(line) }, ...options })
  return { report, lines, parsed: (): Line[] => lines.map(line => JSON.parse(line)) }
}

/** What is logged of these fields, whatever their type: a careless caller is not stopped by types. */
function logged(fields: object, key?: string): Line {
  const { report, parsed } = open({ ...(key && { key }) })
  report('event', fields as Parameters<Report>[1])
  const { time: _time, ...rest } = parsed()[0] ?? {}
  return rest
}

const plain = { level: 30, msg: 'event' }
const out = '(left out)'

describe('log', () => {
  it('keeps facts, hashes ids, leaves sentences out', () => {
    const { person, ...rest } = logged({
      person: 'anna',
      did: 'answer',
      ms: 3,
      repeated: true,
      code: 'what Anna wrote',
      none: undefined,
    })
    assert.match(String(person), /^[\w-]{10}$/)
    assert.deepEqual(rest, { ...plain, did: 'answer', ms: 3, repeated: true, code: out })
  })

  it('hashes alike under one key and differently under another, also an id that is a number', () => {
    const hash = (key?: string, person: unknown = 'anna') => logged({ person }, key).person
    assert.equal(hash('k'), hash('k'))
    assert.notEqual(hash('k'), hash('l'))
    assert.notEqual(hash(), hash())
    assert.equal(hash('k', 4711), hash('k', '4711'))
  })

  it('writes words only in the fields that are for them: a single word may be the whole answer', () => {
    assert.deepEqual(logged({ did: 'divorced' }), { ...plain, did: 'divorced' })
    for (const field of ['text', 'coachee', 'answer', 'label']) {
      assert.deepEqual(logged({ [field]: 'divorced' }), { ...plain, [field]: out })
    }
  })

  it('leaves out what may be an id, whichever field it stands in', () => {
    const suspects = [
      'aaaaaaaa-0000-4000-8000-000000000001',
      '29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39ATiQWA85gQtHi',
      'p:3F2504E0-4F89-41D3',
      '4c27fbf5e5a84b1abba35e4302e24ecf',
      '1795411974306',
      '+8613800138000',
      'tel:4915112345',
    ]
    for (const each of suspects) assert.equal(logged({ code: each }).code, out, each)
    for (const each of [13_800_138_000, -1_795_411_974_306, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.equal(logged({ ms: each }).ms, out, String(each))
    }
  })

  it('keeps the words it is there for', () => {
    const words = [
      'src/conversation/routing/typed-steps.ts:141',
      'SQLITE_BUSY',
      'http429',
      'ERR_HTTP2_STREAM_CANCEL',
      'ConversationBlockedByUserInTheirOwnSettings',
      'smba.trafficmanager.net',
      'task/fetch',
      '404',
    ]
    for (const each of words) assert.equal(logged({ code: each }).code, each)
  })

  it('takes nothing apart: objects, lists, errors and functions are left out whole', () => {
    const canary = 'CANARY'
    const given = {
      error: new Error(canary),
      why: { text: canary },
      code: [canary],
      did: () => canary,
      kind: Symbol(canary),
      at: 10n,
      person: { id: canary },
    }
    const { level, msg, ...facts } = logged(given)
    assert.deepEqual([level, msg], [50, 'event'])
    assert.deepEqual(facts, Object.fromEntries(Object.keys(given).map(name => [name, out])))
  })

  it('drops fields whose name is no name of ours', () => {
    const foreign = ['__proto__', 'Anna Berger', 'anna.berger', 'a'.repeat(40), '', 'Über', 'x\ny']
    const fields = Object.fromEntries(foreign.map(name => [name, 1]))
    Object.defineProperty(fields, '__proto__', { value: 1, enumerable: true })
    assert.deepEqual(logged({ ...fields, attempts: 2 }), { ...plain, attempts: 2 })
    assert.equal(logged({ constructor: 1, toString: 2 }).toString, 2)
  })

  it('lets no field stand in for what the log says itself', () => {
    const { report, lines } = open()
    report('event', { level: 'fatal', time: 'never', msg: 'other', did: 'x' })
    assert.match(lines[0] ?? '', /^{"level":30,"time":"[-\d]{10}T[\d:.]+Z","did":"x","msg":"event"}\n$/)
  })

  it('writes one short line, whatever it is given', () => {
    const { report, lines } = open()
    const letters = [...'abcdefghijklmnopqrstuvwxyz']
    const many = Object.fromEntries(letters.flatMap(a => letters.map(b => [a + b.repeat(30), 1e8])))
    report('an event\n%s with the words of Anna', { did: 'x\n{"level":60}', code: 'y'.repeat(1e6), ...many })
    assert.equal(lines.length, 1)
    assert.ok((lines[0] ?? '').length < 2000)
    assert.equal(JSON.parse(lines[0] ?? '').msg, out)
  })

  it('tells apart what broke, who was turned away, and the day’s work', () => {
    assert.equal(logged({ error: 'TypeError' }).level, 50)
    assert.equal(logged({ error: 'words of somebody else' }).level, 50)
    assert.equal(logged({ outcome: 'refused', refusal: 'gaps' }).level, 30)
    const { report, parsed } = open()
    report('door.refused', { why: 'token' })
    report('door.failed', { error: 'NoKeys' })
    assert.deepEqual(
      parsed().map(({ level }) => level),
      [40, 50],
    )
  })

  it('writes to standard output, a line an event', () => {
    const log = new URL('../../src/server/observability/log.ts', import.meta.url).href
    const script = `import { createLog } from '${log}'
      const report = createLog({ level: 'info' })
      report('one', { ms: 1 }); report('two', {})`
    const text = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    const names = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).msg)
    assert.deepEqual(names, ['one', 'two'])
  })

  describe('many lines', () => {
    let clock: sinon.SinonFakeTimers
    beforeEach(() => {
      clock = sinon.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout', 'Date'] })
    })
    afterEach(() => clock.restore())

    const knock = (report: Report, times: number, event = 'door.refused') => {
      for (let time = 0; time < times; time++) report(event, { why: 'token' })
    }

    it('writes 60 of an event in a minute and then how many more there were', () => {
      const { report, parsed } = open()
      knock(report, 100_000)
      assert.equal(parsed().length, 60)
      clock.tick(59_999)
      assert.equal(parsed().length, 60)
      clock.tick(1)
      const { time: _time, ...last } = parsed()[60] ?? {}
      assert.deepEqual(last, { level: 40, of: 'door.refused', times: 99_940, msg: 'log.heldBack' })
      clock.tick(1)
      knock(report, 1)
      assert.equal(parsed().length, 62)
    })

    it('stays below 61 lines a minute for an hour of knocking', () => {
      const { report, lines } = open()
      for (let second = 0; second < 3600; second++) {
        knock(report, 100)
        clock.tick(1000)
      }
      assert.ok(lines.length <= 61 * 60, `${lines.length} lines`)
      assert.ok(lines.join('').length < 600_000)
    })

    it('counts each event by itself, and lets the day’s work of a full house through', () => {
      const { report, parsed } = open()
      knock(report, 61)
      knock(report, 3_000, 'turn')
      knock(report, 61, 'turn.failed')
      clock.tick(60_000)
      const lines = parsed().map(({ msg, of }) => of ?? msg)
      const count = (name: string) => lines.filter(line => line === name).length
      assert.deepEqual([count('turn'), count('door.refused'), count('turn.failed')], [3_000, 61, 61])
      knock(report, 3_010, 'turn')
      clock.tick(60_000)
      assert.equal(parsed().at(-1)?.times, 10)
    })
  })
})
