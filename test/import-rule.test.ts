/** The import rule of src/README.md: a file imports its own room and rooms to its left, and some packages have one room. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const src = join(import.meta.dirname, '../src')

/** Left to right. `index.ts` is the composition root, `start.ts` runs it, `demo` is the local Teams. */
const rooms = ['domain', 'cards', 'store', 'conversation', 'notices', 'teams', 'server', 'index.ts', 'start.ts', 'demo']

const packages: { pattern: RegExp; allowed: (file: string) => boolean }[] = [
  { pattern: /^(botbuilder|botframework-)/, allowed: file => file.startsWith('teams/') },
  {
    pattern: /^@azure\//,
    allowed: file =>
      file === 'store/cosmos/cosmos.ts' || file.startsWith('teams/') || file === 'server/observability/telemetry.ts',
  },
  { pattern: /^@opentelemetry\//, allowed: file => file.startsWith('server/') },
  { pattern: /^undici/, allowed: file => file === 'store/cosmos/cosmos-http.ts' },
]

const domainLibraries = ['luxon']

function violations(file: string, text: string): string[] {
  const room = file.split('/')[0] ?? ''
  const found: string[] = []
  for (const [, from = ''] of text.matchAll(/(?:^|\s|\()(?:from|import)\s*\(?\s*'([^']+)'/g)) {
    if (from.startsWith('.')) {
      const target = relative(src, join(src, dirname(file), from)).split('/')[0] ?? ''
      if (target === '..') continue
      if (rooms.indexOf(target) > rooms.indexOf(room))
        found.push(`${file} imports ${from}: ${target} is to the right of ${room}`)
      continue
    }
    for (const { pattern, allowed } of packages) {
      if (pattern.test(from) && !allowed(file)) found.push(`${file} imports ${from}, which has another room`)
    }
    if (room === 'domain' && !domainLibraries.includes(from))
      found.push(`${file} imports ${from}; the domain knows luxon alone`)
  }
  return found
}

describe('import rule', () => {
  const files = globSync('**/*.ts', { cwd: src })

  it('holds for every file', () => {
    assert.ok(files.length > 20)
    assert.deepEqual(
      files.flatMap(file => violations(file, readFileSync(join(src, file), 'utf8'))),
      [],
    )
  })

  it('knows every room', () => {
    const unknown = files.map(file => file.split('/')[0]).filter(room => room && !rooms.includes(room))
    assert.deepEqual(unknown, [])
  })

  for (const [file, line] of [
    ['domain/logs/log.ts', "import { say } from '../cards/texts.ts'"],
    ['conversation/turn/keep.ts', "import { send } from '../teams/messenger.ts'"],
    ['conversation/turn/keep.ts', "import { TurnContext } from 'botbuilder'"],
    ['store/sqlite/sqlite.ts', "import { CosmosClient } from '@azure/cosmos'"],
    ['domain/logs/log.ts', "import { z } from 'zod'"],
    ['domain/logs/log.ts', "const fs = await import('node:fs')"],
  ] as const) {
    it(`catches ${line} in ${file}`, () => assert.equal(violations(file, line).length, 1))
  }
})
