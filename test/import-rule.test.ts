/**
 * The import rule of src/README.md: a file imports its own layer and layers to its left; some packages have one place; no
 * two files or folders import each other in a circle; and between the capability folders of a layer there are the arrows
 * of one table.
 */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const src = join(import.meta.dirname, '../src')

/** Left to right. `index.ts` is the composition root, `start.ts` runs it, `demo` is the local Teams. */
const layers = [
  ...['base', 'domain', 'cards', 'store', 'conversation', 'outbox', 'teams', 'server'],
  ...['index.ts', 'start.ts', 'demo'],
]

/**
 * Which folders of a layer a capability's folder imports, besides the layer's own files. A new arrow is a decision: look
 * first whether what is wanted belongs to `turn`, or to the layer's own files.
 */
// biome-ignore format: a table is read in one look
const arrows: Readonly<Record<string, readonly string[]>> = {
  'domain/programme': ['logs', 'membership'],
  'domain/progress': ['membership'],
  'domain/quotas': ['programme'],
  'domain/team-import': ['membership', 'quotas'],
  'cards/samples': ['views'],
  'cards/views/home': ['membership'],
  'cards/views/logs': ['membership'],
  'cards/views/notices': ['home'],
  'cards/views/progress': ['reading'],
  'store/operator': ['cosmos', 'sqlite'],
  'conversation/home': ['programme', 'progress', 'turn'],
  'conversation/logs': ['home', 'turn'],
  'conversation/membership': ['home', 'programme', 'quotas', 'turn'],
  'conversation/programme': ['quotas', 'turn'],
  'conversation/progress': ['quotas', 'turn'],
  'conversation/quotas': ['turn'],
  'conversation/reading': ['logs', 'progress', 'turn'],
  'conversation/routing': ['home', 'logs', 'membership', 'programme', 'progress', 'reading', 'sessions', 'settings', 'team-import', 'turn'],
  'conversation/sessions': ['home', 'logs', 'turn'],
  'conversation/settings': ['home', 'turn'],
  'conversation/team-import': ['quotas', 'turn'],
  'teams/inbound': ['outbound'],
}

const packages: { pattern: RegExp; allowed: (file: string) => boolean }[] = [
  { pattern: /^(botbuilder|botframework-)/, allowed: file => file.startsWith('teams/') },
  {
    pattern: /^@azure\//,
    allowed: file =>
      file === 'store/cosmos/cosmos.ts' || file.startsWith('teams/') || file === 'server/observability/telemetry.ts',
  },
  { pattern: /^@opentelemetry\//, allowed: file => file.startsWith('server/observability/') },
  { pattern: /^undici/, allowed: file => file === 'store/cosmos/cosmos-http.ts' },
]

const domainLibraries = ['luxon']

type Graph = ReadonlyMap<string, ReadonlySet<string>>

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:^|\s|\()(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, from = '']) => from)
}

/** The file of ours that is meant, from the folder of the source; undefined for what lies outside it. */
function targetOf(file: string, from: string): string | undefined {
  const target = relative(src, join(src, dirname(file), from))
  return target.startsWith('..') ? undefined : target
}

function violations(file: string, text: string): string[] {
  const layer = file.split('/')[0] ?? ''
  return importsOf(text).flatMap(from => {
    if (from.startsWith('.')) {
      const target = targetOf(file, from)
      return target === undefined ? [] : [...layerViolation(file, target), ...arrowViolation(file, target)]
    }
    const elsewhere = packages.filter(({ pattern, allowed }) => pattern.test(from) && !allowed(file))
    const inDomain = layer === 'domain' && !domainLibraries.includes(from)
    return [
      ...elsewhere.map(() => `${file} imports ${from}, which has another place`),
      ...(inDomain ? [`${file} imports ${from}; the domain knows luxon alone`] : []),
    ]
  })
}

function layerViolation(file: string, target: string): string[] {
  const [of, to] = [file, target].map(path => path.split('/')[0] ?? '')
  const right = layers.indexOf(to ?? '') > layers.indexOf(of ?? '')
  return right ? [`${file} imports ${target}: ${to} is to the right of ${of}`] : []
}

/** Between two folders beside each other in one layer. */
function arrowViolation(file: string, target: string): string[] {
  const [of, to] = [dirname(file), dirname(target)]
  if (of === to || dirname(of) !== dirname(to) || dirname(of) === '.') return []
  const name = to.split('/').at(-1) ?? ''
  return arrows[of]?.includes(name) ? [] : [`${file} imports ${target}: no arrow from ${of} to ${name}`]
}

const files = globSync('**/*.ts', { cwd: src })
const textOf = (file: string) => readFileSync(join(src, file), 'utf8')

const fileGraph: Graph = new Map(
  files.map(file => [
    file,
    new Set(importsOf(textOf(file)).flatMap(from => (from.startsWith('.') ? (targetOf(file, from) ?? []) : []))),
  ]),
)

function folderGraph(graph: Graph): Graph {
  const folders = new Map<string, Set<string>>()
  for (const [file, targets] of graph) {
    const of = dirname(file)
    const to = folders.get(of) ?? new Set()
    for (const target of targets) if (dirname(target) !== of) to.add(dirname(target))
    folders.set(of, to)
  }
  return folders
}

/** What is left when everything that imports nothing of the rest is taken away again and again: the circles, and what leads into them. */
function inCircles(graph: Graph): string[] {
  const left = new Map([...graph].map(([node, targets]) => [node, new Set(targets)]))
  for (let before = -1; before !== left.size; ) {
    before = left.size
    for (const [node, targets] of left) {
      for (const target of targets) if (!left.has(target)) targets.delete(target)
      if (targets.size === 0) left.delete(node)
    }
  }
  return [...left.keys()].toSorted()
}

describe('import rule', () => {
  it('holds for every file', () => {
    assert.ok(files.length > 200)
    assert.deepEqual(
      files.flatMap(file => violations(file, textOf(file))),
      [],
    )
  })

  it('knows every layer', () => {
    const unknown = files.map(file => file.split('/')[0]).filter(layer => layer && !layers.includes(layer))
    assert.deepEqual(unknown, [])
  })

  it('has no circle of files, and none of folders', () => {
    assert.deepEqual(inCircles(fileGraph), [])
    assert.deepEqual(inCircles(folderGraph(fileGraph)), [])
  })

  it('finds a circle, of two and of three', () => {
    const graph = (...edges: [string, string[]][]) => new Map(edges.map(([node, to]) => [node, new Set(to)]))
    assert.deepEqual(inCircles(graph(['a', ['b']], ['b', ['a']], ['c', []])), ['a', 'b'])
    assert.deepEqual(inCircles(graph(['a', ['b']], ['b', ['c']], ['c', ['a', 'd']], ['d', []])), ['a', 'b', 'c'])
    assert.deepEqual(inCircles(graph(['a', ['b', 'c']], ['b', ['c']], ['c', []])), [])
    const folders = folderGraph(graph(['x/a.ts', ['y/b.ts']], ['y/c.ts', ['x/d.ts']], ['y/b.ts', []], ['x/d.ts', []]))
    assert.deepEqual(inCircles(folders), ['x', 'y'])
  })

  it('has no arrow in its table that no file needs', () => {
    const drawn = new Set(
      [...fileGraph].flatMap(([file, targets]) => [...targets].map(target => `${dirname(file)} ${dirname(target)}`)),
    )
    const unused = Object.entries(arrows).flatMap(([of, names]) =>
      names.filter(name => !drawn.has(`${of} ${join(dirname(of), name)}`)).map(name => `${of} to ${name}`),
    )
    assert.deepEqual(unused, [])
  })

  it('has no room too full, and no file too long', () => {
    const byFolder = Map.groupBy(files, file => dirname(file))
    assert.deepEqual(
      [...byFolder].filter(([, all]) => all.length > 25).map(([folder]) => folder),
      [],
    )
    assert.deepEqual(
      files.filter(file => textOf(file).split('\n').length - 1 > 250),
      [],
    )
  })

  for (const [file, line] of [
    ['domain/logs/log.ts', "import { say } from '../../cards/texts.ts'"],
    ['base/within.ts', "import { never } from '../domain/values.ts'"],
    ['conversation/turn/commit-decision.ts', "import { send } from '../../teams/outbound/messenger.ts'"],
    ['conversation/turn/commit-decision.ts', "import { home } from '../home/home.ts'"],
    ['conversation/logs/answering.ts', "import { coachHome } from '../progress/overview.ts'"],
    ['conversation/turn/commit-decision.ts', "import { TurnContext } from 'botbuilder'"],
    ['store/sqlite/sqlite.ts', "import { CosmosClient } from '@azure/cosmos'"],
    ['domain/logs/log.ts', "import { z } from 'zod'"],
    ['domain/logs/log.ts', "const fs = await import('node:fs')"],
  ] as const) {
    it(`catches ${line} in ${file}`, () => assert.equal(violations(file, line).length, 1))
  }
})
