/** RUNBOOK.md as an operator would use it: its sections, and which alerts lead to each. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Section = { readonly title: string; readonly alerts: readonly string[]; readonly text: string }

export const runbook = readFileSync(join(import.meta.dirname, '../../RUNBOOK.md'), 'utf8')

export function runbookSections(): Section[] {
  return runbook
    .split(/^## /m)
    .slice(1)
    .map(text => {
      const [title = ''] = text.split('\n')
      const line = /^Alerts?: (.+)$/m.exec(text)?.[1] ?? ''
      return { title, text, alerts: [...line.matchAll(/`([a-z\d-]+)`/g)].map(([, name = '']) => name) }
    })
}

/** How a heading is linked to, by GitHub's rule as far as our headings need it. */
export const anchorOf = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-')
