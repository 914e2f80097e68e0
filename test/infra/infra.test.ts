/** infra/ as it would be deployed, in every way there is to install it. Offline: `bicep build` is asked elsewhere. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import project from '../../package.json' with { type: 'json' }
import { answers, installations } from './answers.ts'
import { deploy } from './bicep/deployment.ts'
import { bicepFiles, findings } from './findings.ts'
import published from './types.json' with { type: 'json' }

const root = join(import.meta.dirname, '../..')
const infra = join(root, 'infra')
const text = (name: string) => readFileSync(join(root, name), 'utf8')

describe('infra', () => {
  it('has nothing wrong in it', async () => {
    assert.deepEqual(await findings(infra), [])
  })

  it('deploys every type that is known, and no other', async () => {
    const all = Object.values(installations(infra)).map(given => deploy(join(infra, 'main.bicep'), given, answers))
    const types = (await Promise.all(all)).map(({ resources }) =>
      [...new Set(resources.map(({ type }) => type))].toSorted(),
    )
    assert.equal(types.length, 6)
    for (const each of types) assert.deepEqual(each, Object.keys(published).toSorted())
    assert.equal(bicepFiles(infra).length, 8)
  })

  it('speaks in its README and for azd only of what there is', () => {
    const scripts: Readonly<Record<string, string>> = project.scripts
    for (const file of ['infra/README.md', 'RUNBOOK.md', 'azure.yaml']) {
      const named = [...text(file).matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)
      assert.ok(named.length > 0, file)
      for (const name of named) assert.ok(scripts[name], `${file} names npm run ${name}`)
    }
    const parameters = text('infra/main.parameters.json')
    // The last is azd's own: the group it deploys into.
    const readBy = `${parameters} ${text('appPackage/values.ts')} AZURE_RESOURCE_GROUP`
    const set = [...`${text('infra/README.md')}${text('RUNBOOK.md')}`.matchAll(/azd env set (\w+)/g)].map(
      ([, name = '']) => name,
    )
    assert.ok(set.length > 0)
    for (const name of set) assert.match(readBy, new RegExp(`\\b${name}\\b`), `azd env set ${name}`)
  })

  it('has azd deploy what is built, to where it is run', () => {
    const azure = text('azure.yaml')
    const dist = /dist: (\S+)/.exec(azure)?.[1]
    assert.deepEqual(dist?.split('/'), ['.data', 'deploy'])
    assert.match(text('infra/build.ts'), /join\(root, '\.data', 'deploy'\)/)
    const service = /services:\n {2}(\w+):/.exec(azure)?.[1]
    assert.match(text('infra/modules/web.bicep'), new RegExp(`'azd-service-name': '${service}'`))
    assert.match(text('.gitignore'), /^\.data\/$/m)
  })

  it('gives azd every parameter it may set, under the name the README has', () => {
    const { parameters } = JSON.parse(text('infra/main.parameters.json'))
    const known = [...text('infra/main.bicep').matchAll(/^param (\w+)/gm)].map(([, name]) => name)
    assert.deepEqual(Object.keys(parameters).toSorted(), known.toSorted())
  })
})
