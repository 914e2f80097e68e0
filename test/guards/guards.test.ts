/** That the list of guards is what it says: nothing of the code is forgotten, and every change is one the program can run. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { parse } from 'acorn'
import { matters, policy, relations } from '../../src/domain/access.ts'
import { refusals } from '../../src/domain/refusals.ts'
import { whys } from '../../src/teams/inbound/refusals.ts'
import { groups } from './groups.ts'
import { type Guard, guardsOf } from './guards.ts'
import { known } from './known.ts'

const root = join(import.meta.dirname, '../..')
const sourceOf = (file: string) => readFileSync(join(root, file), 'utf8')
const listed = Object.values(groups)
  .flatMap(({ files }) => globSync([...files], { cwd: root }))
  .map(file => ({ file, source: sourceOf(file), guards: guardsOf(sourceOf(file)) }))

const taken = (source: string, { start, end, instead }: Guard) => source.slice(0, start) + instead + source.slice(end)
const without = (source: string) => guardsOf(source).map(guard => taken(source, guard))

describe('the list of guards', () => {
  it('has each part of a condition, by which something happens or does not', () => {
    assert.deepEqual(without('function f(a, b) { if (a || b) return 1; if (a) b() }'), [
      'function f(a, b) { if (false || b) return 1; if (a) b() }',
      'function f(a, b) { if (a || false) return 1; if (a) b() }',
      'function f(a, b) { if (a || b) return 1; if (true) b() }',
    ])
  })
  it('has each refusal, whichever side of a question it is on, and when it is what remains', () => {
    assert.deepEqual(
      guardsOf("const f = a => (a ? refuse('x') : a.b ? { refused: 'y' } : a)").map(({ instead, refuses }) => [
        instead,
        refuses,
      ]),
      [
        ['false', ['x']],
        ['true', ['y']],
        ['false', ['y']],
      ],
    )
    assert.deepEqual(
      guardsOf("function f(a) { if (a) return 1; return refuse('z') }").map(({ refuses }) => refuses),
      [[], ['z']],
    )
  })
  it('has each cell of the policy, as loose and as strict as can be', () => {
    const cells = guardsOf(sourceOf('src/domain/access.ts')).filter(({ what }) => /^\w+\.\w+: '/.test(what))
    const wanted = relations.flatMap(relation =>
      matters.flatMap(matter =>
        ['always', 'never']
          .filter(rule => rule !== policy[relation][matter])
          .map(rule => `${relation}.${matter}: '${policy[relation][matter]}' '${rule}'`),
      ),
    )
    assert.deepEqual(
      cells.map(({ what, instead }) => `${what} ${instead}`),
      wanted,
    )
  })
  it('has every kind of refusal, of a rule and of the door', () => {
    const kinds = new Set(listed.flatMap(({ guards }) => guards.flatMap(({ refuses }) => refuses)))
    assert.deepEqual(
      [...refusals, ...whys].filter(kind => !kinds.has(kind)),
      [],
    )
  })
  it('breaks no file: what is left can be run', () => {
    for (const { file, source, guards } of listed) {
      const plain = stripTypeScriptTypes(source)
      for (const guard of guards) {
        const left = taken(plain, guard)
        assert.doesNotThrow(() => parse(left, { ecmaVersion: 'latest', sourceType: 'module' }), `${file}:${guard.line}`)
      }
    }
  })
  it('names no guard as known that is not there any more', () => {
    const gone = known.filter(
      ({ file, on, what }) =>
        !listed.some(
          each => each.file.endsWith(file) && each.guards.some(guard => guard.what === what && guard.on.startsWith(on)),
        ),
    )
    assert.deepEqual(gone, [])
  })
})
