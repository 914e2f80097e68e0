/** RUNBOOK.md speaks of what there is: alerts, events of the log, causes, measures, commands and sections. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listed } from '../../src/server/observability/allowed-labels.ts'
import { measures } from './measured.ts'
import { anchorOf, runbook, runbookSections } from './runbook.ts'

const root = join(import.meta.dirname, '../..')
const words = (text: string) => [...text.matchAll(/`([\w.]+)`/g)].map(([, word = '']) => word)

describe('runbook', () => {
  it('has a section for all that happens to an operator', () => {
    const needed =
      /silent|keys are away|429|coach cannot be reached|store is throttled|Restore|another region|Upgrade|leaves|asks for their data/
    const found = runbookSections().filter(({ title }) => needed.test(title))
    assert.equal(found.length, 10)
  })

  it('leads from every alert to one section, and from none that is not there', () => {
    const bicep = readFileSync(join(root, 'infra/modules/alerts.bicep'), 'utf8')
    const rules = [...bicep.matchAll(/^ {4}name: '([\w-]+)'$/gm)].map(([, name]) => name)
    const named = runbookSections().flatMap(({ alerts }) => alerts)
    assert.deepEqual(named.toSorted(), rules.toSorted())
    assert.match(bicep, /'See RUNBOOK\.md: '/)
  })

  it('names events that the service reports', () => {
    const rooms = /^(door|keys|turn|notice|reply|schedule|sending|server|telemetry|token|http)\.[a-zA-Z]+$/
    const events = words(runbook).filter(word => rooms.test(word))
    assert.ok(events.length >= 10)
    for (const event of events) assert.deepEqual(listed({ event }), { event })
  })

  it('names causes that the service tells, and asks for what is measured', () => {
    const coach = runbookSections().find(({ title }) => title.startsWith('A coach'))?.text ?? ''
    const causes = [...coach.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => words(cell))
    const told = causes.filter(word => word !== 'why')
    assert.ok(told.length >= 7)
    for (const why of told) assert.deepEqual(listed({ why }), { why })
    const asked = [...runbook.matchAll(/Name == "([\w.]+)"/g)].map(([, name = '']) => name)
    assert.ok(asked.length > 0)
    for (const name of asked) assert.ok(measures.includes(name), name)
    const titles = readFileSync(join(root, 'infra/workbook.json'), 'utf8')
    const pages = [...runbook.matchAll(/workbook:? (?:\*([^*]+)\*)(?:, \*([^*]+)\*)?/g)].flatMap(([, one, two]) => [
      one,
      two,
    ])
    for (const page of pages.filter(each => each !== undefined && each !== 'Learning Log')) {
      assert.ok(titles.includes(`"title": "${page}`), `the workbook has no ${page}`)
    }
  })

  it('leads to sections and files that are there', () => {
    const anchors = runbookSections().map(({ title }) => anchorOf(title))
    for (const [, file = '', anchor] of runbook.matchAll(/\]\(([^)#]*)(?:#([^)]+))?\)/g)) {
      if (file !== '') assert.ok(existsSync(join(root, file)), file)
      else assert.ok(anchors.includes(anchor ?? ''), anchor)
    }
    for (const [, file = ''] of runbook.matchAll(/\bnode (src\/[\w./-]+)/g))
      assert.ok(existsSync(join(root, file)), file)
  })
})
