/** The app package: what is in the zip, byte for byte, and that Microsoft's own schemas take it. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppManifestUtils } from '@microsoft/app-manifest'
import Ajv from 'ajv-draft-04'
import { makePackage, packageFiles } from '../../appPackage/package.ts'
import { azdValues, type Values } from '../../appPackage/values.ts'
import project from '../../package.json' with { type: 'json' }
import { entriesOf } from './zip.ts'

const values: Values = {
  TEAMS_APP_ID: '7d3c9a52-1f0e-4b6a-9c58-2e41f7a0b963',
  BOT_ID: '0b1f6c0e-93a7-4d1c-8a44-6a1d7b5c2e90',
  DEVELOPER_NAME: 'Contoso "Leadership" & Co',
  WEBSITE_URL: 'https://learning.contoso.com',
  PRIVACY_URL: 'https://learning.contoso.com/privacy',
  TERMS_URL: 'https://learning.contoso.com/terms',
}

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'app-package-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

function manifestOf(files: Record<string, Uint8Array>) {
  return JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString())
}

async function errorsOf(manifest: unknown): Promise<string[]> {
  const file = join(folder, 'manifest.json')
  writeFileSync(file, JSON.stringify(manifest))
  try {
    return (await AppManifestUtils.readAndValidateTeamsManifest(file))[1]
  } catch (error) {
    // Of another shape than its types say, before any schema is asked.
    return [error instanceof Error ? error.message : String(error)]
  }
}

function localisationErrors(localisation: unknown): string[] {
  const schema = new URL(
    import.meta.resolve(
      '@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.Localization.schema.json',
    ),
  )
  const ajv = new Ajv.default({ strict: false, unicodeRegExp: false, formats: { uri: true } })
  const valid = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
  valid(localisation)
  return (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

describe('app package', () => {
  it('is valid by the schema of manifest 1.29, which refuses a broken one', async () => {
    const manifest = manifestOf(packageFiles(values, undefined))
    assert.equal(manifest.manifestVersion, '1.29')
    assert.match(manifest.$schema, /\/v1\.29\//)
    assert.deepEqual(await errorsOf(manifest), [])
    const broken = [
      { bots: [{ ...manifest.bots[0], scopes: ['groupchat'] }] },
      { accentColor: 'petrol' },
      { name: { short: 'x'.repeat(31) } },
      { version: undefined },
    ]
    for (const change of broken)
      assert.notDeepEqual(await errorsOf({ ...manifest, ...change }), [], Object.keys(change)[0])
  })

  it('has a Chinese file that is valid too, with a word for everything the manifest shows', () => {
    const files = packageFiles(values, undefined)
    const manifest = manifestOf(files)
    const chinese = JSON.parse(Buffer.from(files['zh-cn.json'] ?? []).toString())
    assert.deepEqual(localisationErrors(chinese), [])
    assert.notDeepEqual(localisationErrors({ ...chinese, 'name.short': undefined }), [])
    assert.notDeepEqual(localisationErrors({ ...chinese, 'bots[0].commandLists[0].commands[12].title': '多' }), [])
    const shown = ['name.short', 'name.full', 'description.short', 'description.full']
    for (const [list, { commands }] of manifest.bots[0].commandLists.entries()) {
      for (const i of commands.keys()) {
        for (const part of ['title', 'description']) shown.push(`bots[0].commandLists[${list}].commands[${i}].${part}`)
      }
    }
    assert.deepEqual(Object.keys(chinese).toSorted(), ['$schema', ...shown].toSorted())
    for (const key of shown) assert.match(chinese[key], /\p{Script=Han}/u)
  })

  it('asks for nothing it does not need', () => {
    const manifest = manifestOf(packageFiles(values, undefined))
    for (const needless of ['permissions', 'devicePermissions', 'webApplicationInfo', 'authorization', 'activities']) {
      assert.equal(manifest[needless], undefined, needless)
    }
    assert.deepEqual(manifest.validDomains, [])
    assert.equal(manifest.defaultInstallScope, 'personal')
    const [bot, ...others] = manifest.bots
    assert.deepEqual(others, [])
    assert.deepEqual(bot.scopes, ['personal', 'team'])
    assert.equal(bot.supportsFiles, true)
    assert.equal(manifestOf(packageFiles(values, 'china')).bots[0].supportsFiles, false)
  })

  it('carries the values it was given, whatever characters they have, and the version of the project', () => {
    const manifest = manifestOf(packageFiles(values, undefined))
    assert.equal(manifest.id, values.TEAMS_APP_ID)
    assert.equal(manifest.bots[0].botId, values.BOT_ID)
    assert.deepEqual(Object.values(manifest.developer), [
      values.DEVELOPER_NAME,
      values.WEBSITE_URL,
      values.PRIVACY_URL,
      values.TERMS_URL,
    ])
    assert.equal(manifest.version, project.version)
    assert.ok(!JSON.stringify(manifest).includes('${'))
  })

  it('is the same to the byte wherever and whenever it is made', () => {
    const made = ['Asia/Shanghai', 'America/St_Johns'].map(TZ => {
      const out = join(folder, TZ)
      const script = join(import.meta.dirname, '../../appPackage/package.ts')
      execFileSync(process.execPath, [script, '--out', out], { env: { ...process.env, ...values, TZ } })
      return readFileSync(join(out, readdirSync(out)[0] ?? ''))
    })
    assert.equal(made.length, 2)
    assert.ok(made[0]?.equals(made[1] ?? Buffer.alloc(0)))
    const entries = entriesOf(made[0] ?? Buffer.alloc(0))
    assert.deepEqual(
      entries.map(({ name }) => name),
      ['manifest.json', 'zh-cn.json', 'color.png', 'outline.png'],
    )
    for (const { name, date, time, extra, method } of entries) {
      assert.deepEqual({ date, time, extra, method }, { date: 0x0021, time: 0, extra: 0, method: 0 }, name)
    }
    const files = packageFiles(values, undefined)
    for (const { name, content } of entries) assert.ok(content.equals(files[name] ?? Buffer.alloc(0)), name)
  })

  it('is made of the values azd keeps for an environment', () => {
    mkdirSync(join(folder, '.azure/prod'), { recursive: true })
    writeFileSync(join(folder, '.azure/prod/.env'), `BOT_ID="${values.BOT_ID}"\nCLOUD="china"\n`)
    assert.deepEqual(azdValues('prod', folder), { BOT_ID: values.BOT_ID, CLOUD: 'china' })
    assert.throws(() => azdValues('other', folder), /no azd environment other .*azd env list/)
    assert.throws(() => azdValues('../prod', folder), /name of an azd environment/)
  })
})

describe('values of the app package', () => {
  const refused = (changed: Partial<Record<keyof Values, string>>) => {
    try {
      makePackage(['--out', join(folder, 'refused')], { ...values, ...changed })
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
    return 'made'
  }

  it('are all named at once, each with its mend, when there are none', () => {
    const nothing = Object.fromEntries(Object.keys(values).map(name => [name, '']))
    const told = refused(nothing)
    for (const name of Object.keys(values)) assert.match(told, new RegExp(`--[a-z-]+ \\(or ${name}\\) must be`))
    assert.equal(told.split('\n').length, 7)
  })

  for (const [name, value] of [
    ['TEAMS_APP_ID', '00000000-0000-0000-0000-000000000000'],
    ['TEAMS_APP_ID', '${{TEAMS_APP_ID}}'],
    ['BOT_ID', '12345678-1234-1234-1234-123456789abc'],
    ['BOT_ID', 'learning-log'],
    ['DEVELOPER_NAME', 'A name that is too long for the list'],
    ['DEVELOPER_NAME', '<your company>'],
    ['WEBSITE_URL', 'http://learning.contoso.com'],
    ['PRIVACY_URL', 'https://www.example.com/privacy'],
    ['PRIVACY_URL', 'https://localhost/privacy'],
    ['TERMS_URL', 'https://someone:secret@contoso.com'],
    ['TERMS_URL', 'contoso.com/terms'],
  ] as const) {
    it(`refuses ${name} ${value}`, () => {
      const told = refused({ [name]: value })
      assert.match(told, new RegExp(`\\(or ${name}\\)`))
      assert.equal(told.split('\n').length, 2)
    })
  }

  it('may come from the command line, which goes before the environment; no other option is taken', () => {
    const args = ['--out', join(folder, 'line'), '--bot-id', values.BOT_ID]
    assert.match(makePackage(args, { ...values, BOT_ID: 'nonsense' }), /SHA-256 [0-9a-f]{64}$/)
    assert.throws(() => makePackage([...args, '--colour', 'red'], values), /colour/)
  })
})
