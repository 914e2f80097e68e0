/** The domain and the cards know the day, the zone and the language from what they are given, never from the machine. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const src = join(import.meta.dirname, '../../src')

/** What asks the machine, each with one way of writing it. */
const asking: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b/, 'Date.now()'],
  [/\bnew Date\(\s*\)/, 'new Date()'],
  [/\bDateTime\.(now|local|from(JSDate|Millis|Seconds|Object|String))\b/, 'DateTime.now()'],
  [/\bDateTime\.utc\(\s*\)/, 'DateTime.utc()'],
  [/\bDateTime\.from\w+\((?!.*\bzone\b)/, 'DateTime.fromISO(startDate)'],
  [/\bDateTime\.fromFormat\((?!.*\blocale: 'en')/, "DateTime.fromFormat(text, form, { zone: 'utc' })"],
  [/\bSettings\b/, "Settings.defaultZone = 'utc'"],
  [/\bIntl\.\w+\(\s*\)/, 'new Intl.DateTimeFormat()'],
  [/\.toLocale\w+\(\s*\)/, 'name.toLocaleLowerCase()'],
  [/\.localeCompare\((?:[^(),]|\([^()]*\))*\)/, 'since(a).localeCompare(since(b))'],
  [/\b(Math\.random|crypto|performance|process)\b/, 'Math.random()'],
]

function askingIn(text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*/gm, '')
  return code.split('\n').filter(line => asking.some(([pattern]) => pattern.test(line)))
}

describe('the machine', () => {
  it('is asked for nothing in the domain and the cards', () => {
    const files = globSync('{domain,cards}/**/*.ts', { cwd: src })
    assert.ok(files.length > 60)
    const found = files.flatMap(file =>
      askingIn(readFileSync(join(src, file), 'utf8')).map(line => `${file}: ${line.trim()}`),
    )
    assert.deepEqual(found, [])
  })

  for (const [pattern, line] of asking) {
    it(`would be found when asked by ${line}`, () => {
      assert.match(line, pattern)
      assert.deepEqual(askingIn(`/** ${line} */\n${line}`), [line])
    })
  }
})
