/** What is written for people speaks of what there is: commands of npm, files and links between the documents. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import project from '../package.json' with { type: 'json' }
import slow from './slow.json' with { type: 'json' }

const root = join(import.meta.dirname, '..')
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'RUNBOOK.md',
  'SECURITY.md',
  'infra/README.md',
  'src/README.md',
  'src/DECISIONS.md',
]
/** Also what npm itself knows. */
const scripts: Readonly<Record<string, string>> = project.scripts
const text = (name: string) => readFileSync(join(root, name), 'utf8')

describe('documents', () => {
  for (const name of documents) {
    it(`${name} names commands, files and pages that are there`, () => {
      const said = text(name)
      for (const [, script = ''] of said.matchAll(/npm run ([\w:]+)/g)) assert.ok(scripts[script], `npm run ${script}`)
      for (const [, paths = ''] of said.matchAll(/`((?:src|test|infra|appPackage|cards)\/[^`\s<…]+)`/g)) {
        const found = [root, join(root, dirname(name))].flatMap(cwd => globSync(paths, { cwd }))
        assert.ok(found.length > 0, paths)
      }
      for (const [, page = ''] of said.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
        assert.ok(existsSync(join(root, dirname(name), page)), page)
      }
    })
  }

  it('names as slow tests that are there, each once and in order', () => {
    assert.deepEqual(
      slow.filter(file => !existsSync(join(root, file))),
      [],
    )
    const folders = (file: string) => file.split('/').length > 2
    const inOrder = [...new Set(slow)].toSorted((a, b) => Number(folders(a)) - Number(folders(b)) || (a < b ? -1 : 1))
    assert.deepEqual(slow, inOrder)
  })

  it('leads to CONTRIBUTING and RUNBOOK from README', () => {
    for (const page of ['CONTRIBUTING.md', 'RUNBOOK.md']) assert.ok(text('README.md').includes(`(${page})`), page)
  })
})
