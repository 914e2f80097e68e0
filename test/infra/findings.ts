/** All that is wrong with a copy of infra/, in words; nothing when it is well. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { alertFindings } from './alerts.ts'
import { answers, installations } from './answers.ts'
import { type Deployment, deploy } from './bicep/deployment.ts'
import type { Body } from './bicep/resource.ts'
import { type Node, parse, parts, place, within } from './bicep/syntax.ts'
import { factsOf } from './measured.ts'
import { policyFindings } from './policy.ts'
import { settingsFindings } from './settings.ts'
import { tieFindings } from './ties.ts'
import { askedFindings, typeFindings } from './types.ts'
import { workbookFindings } from './workbook.ts'

export async function findings(infra: string): Promise<string[]> {
  const found = new Set<string>()
  for (const file of bicepFiles(infra)) {
    try {
      for (const each of secrets(file, await parse(file))) found.add(each)
    } catch (error) {
      // What is no Bicep need not be asked anything else.
      return [error instanceof Error ? error.message : String(error)]
    }
  }
  for (const [installation, given] of Object.entries(installations(infra))) {
    const deployment = await deploy(join(infra, 'main.bicep'), given, answers)
    const { resources } = deployment
    const all = [
      ...deployment.findings,
      ...resources.flatMap(resource => [...typeFindings(resource)]),
      ...deployment.asked.flatMap(asked => [...askedFindings(asked)]),
      ...(deployment.findings.length > 0 ? [] : await later(deployment, given)),
    ]
    for (const each of all) found.add(`${installation}: ${each}`)
  }
  return [...found]
}

/** Asked only of a deployment that is whole. */
async function later({ resources, outputs }: Deployment, given: Body): Promise<string[]> {
  const found = [...policyFindings(resources, given), ...settingsFindings(resources, given)]
  if (found.some(each => each.startsWith('there must be one'))) return found
  const workbook = workbookFindings(resources, await factsOf())
  return [...found, ...tieFindings(resources, outputs, given), ...alertFindings(resources, given), ...workbook]
}

export function bicepFiles(infra: string): string[] {
  return readdirSync(infra, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.bicep'))
    .map(name => join(infra, name))
}

/** Nothing asks Azure for a key, and what is handed out of a template holds none: outputs are kept and can be read. */
function* secrets(file: string, root: Node): Generator<string> {
  const secure = new Set<string>()
  let decorated = false
  for (const node of parts(root)) {
    if (node.type === 'decorators') decorated = node.text.includes('@secure()')
    else {
      if (decorated) secure.add(parts(node)[0]?.text ?? '')
      decorated = false
    }
  }
  for (const node of within(root)) {
    const called = node.type === 'call_expression' ? (node.childForFieldName('function')?.text ?? '') : ''
    if (/^list/i.test(called)) yield `${place(file, node)} ${called} fetches a key`
    if (node.type !== 'output_declaration') continue
    const hidden = [...within(node)].find(
      each =>
        /key|secret|password|connectionstring/i.test(each.text) ||
        (each.type === 'identifier' && secure.has(each.text)),
    )
    if (hidden) yield `${place(file, node)} hands out ${parts(node)[0]?.text}, which may be a secret`
  }
  if (/settings object/.test(root.text) && !secure.has('settings')) yield `${file} must take settings as secure`
}
