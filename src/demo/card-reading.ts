/** Reads an Adaptive Card as a person does: its words, its fields, its buttons. */

export type AnyCard = { readonly [key: string]: unknown }

export type Button = {
  readonly type: string
  readonly title: string
  readonly verb?: string
  readonly data: Record<string, unknown>
}

export type Field = { readonly id: string; readonly label: string; readonly value: string }

function* parts(node: unknown): Generator<AnyCard> {
  if (Array.isArray(node)) {
    for (const each of node) yield* parts(each)
  } else if (node && typeof node === 'object') {
    yield node as AnyCard
    for (const [key, value] of Object.entries(node)) if (key !== 'fallback' && key !== 'data') yield* parts(value)
  }
}

/** What it says from top to bottom, a line for each paragraph; a field with what stands in it. */
export function textOf(card: AnyCard): string {
  const lines: string[] = []
  for (const part of parts(card)) {
    if (part.type === 'TextBlock') lines.push(String(part.text))
    if (part.type === 'RichTextBlock') {
      lines.push((part.inlines as { text: string }[]).map(run => (typeof run === 'string' ? run : run.text)).join(''))
    }
    if (typeof part.type === 'string' && part.type.startsWith('Input.')) {
      lines.push(`[${String(part.label)}: ${part.value === undefined ? '' : String(part.value)}]`)
    }
    if (part.type === 'FactSet') {
      for (const fact of part.facts as { title: string; value: string }[]) lines.push(`${fact.title} ${fact.value}`)
    }
  }
  return lines.join('\n')
}

export function buttonsOf(card: AnyCard): Button[] {
  return [...parts(card)]
    .filter(part => part.type === 'Action.Execute' || part.type === 'Action.Submit')
    .map(part => part as unknown as Button)
}

export function inputsOf(card: AnyCard): Field[] {
  return [...parts(card)]
    .filter(part => typeof part.type === 'string' && part.type.startsWith('Input.'))
    .map(part => ({ id: String(part.id), label: String(part.label), value: String(part.value ?? '') }))
}
