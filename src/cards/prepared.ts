/**
 * A card's template made ready once, so that drawing the card is one walk. Of the Adaptive Cards template language it knows
 * what our templates use, `${path}` and `$data` on an element of a list, and refuses the rest when the program starts.
 * A test holds it against Microsoft's `adaptivecards-templating`, for every sample of every card.
 */

type Fields = Readonly<Record<string, unknown>>

/** The card of this data. Every element passes through `finish` once all in it is drawn. */
export type Draw = (data: object, finish: (element: Fields) => Fields) => Fields

type Drawing = { readonly root: object; readonly finish: (element: Fields) => Fields }

/** What a part becomes; `here` is what the nearest `$data` around it gave. Null is nothing. */
type Part<Drawn = unknown> = (here: unknown, drawing: Drawing) => Drawn

/** Where a part stands, and the sentences that are known before any data is: `${t.key}`. */
type From = { readonly file: string; readonly sentences: Fields }

export function prepared(template: Fields, from: From): Draw {
  const card = elementOf(template, from)
  return (root, finish) => card(root, { root, finish })
}

function partOf(node: unknown, from: From): Part {
  if (typeof node === 'string') return textOf(node, from)
  if (Array.isArray(node)) return listOf(node, from)
  return isFields(node) ? elementOf(node, from) : () => node
}

function elementOf(fields: Fields, from: From): Part<Fields> {
  const strange = Object.keys(fields).find(key => key.startsWith('$') && key !== '$schema')
  if (strange) throw new Error(`${from.file}: no ${strange} here; $data stands on an element of a list.`)
  const parts = Object.entries(fields).map(([key, node]) => [key, partOf(node, from)] as const)
  return (here, drawing) => {
    const drawn: Record<string, unknown> = {}
    for (const [key, part] of parts) {
      const value = part(here, drawing)
      if (value !== null) drawn[key] = value
    }
    return drawing.finish(drawn)
  }
}

function listOf(nodes: readonly unknown[], from: From): Part {
  const parts = nodes.map(node => (isFields(node) && '$data' in node ? repeated(node, from) : partOf(node, from)))
  return (here, drawing) => parts.flatMap(part => part(here, drawing)).filter(each => each !== null)
}

/** An element drawn once for each of what its `$data` gives. */
function repeated({ $data, ...fields }: Fields, from: From): Part {
  const [before, path, after] = piecesOf(String($data), from)
  if (!path || before || after) throw new Error(`${from.file}: $data is one path, not "${$data}".`)
  const given = valueAt(path, from)
  const element = elementOf(fields, from)
  return (here, drawing) => {
    const found = given(here, drawing)
    return Array.isArray(found) ? found.map(each => element(each, drawing)) : element(found, drawing)
  }
}

/** A text of one path alone becomes what is there, whatever that is; one of several pieces stays a text. */
function textOf(text: string, from: From): Part {
  const pieces = piecesOf(text, from)
  const [before, path, after] = pieces
  if (path === undefined) return () => text
  if (pieces.length === 3 && !before && !after) {
    const value = valueAt(path, from)
    return (here, drawing) => copied(value(here, drawing))
  }
  const parts = pieces.map((piece, no): Part => (no % 2 ? valueAt(piece, from) : () => piece))
  return (here, drawing) => parts.map(part => part(here, drawing)).join('')
}

/** A text in turns: what stands there, and a path out of `${path}`. */
function piecesOf(text: string, { file }: From): readonly string[] {
  const pieces = text.split(/\$\{((?:\$root\.|\$data\.)?[a-zA-Z]\w*(?:\.[a-zA-Z]\w*)*|\$data)\}/)
  if (pieces.some((piece, no) => no % 2 === 0 && /\$\{|[`\\]/.test(piece))) {
    throw new Error(`${file}: only paths are filled in, so not "${text}".`)
  }
  return pieces
}

function valueAt(path: string, { file, sentences }: From): Part {
  const [first = '', ...rest] = path.split('.')
  const keys = first.startsWith('$') ? rest : [first, ...rest]
  const missing = () => new Error(`${file}: no data for \${${path}}`)
  if (keys[0] === 't' && first !== '$data') {
    const sentence = within(sentences, keys.slice(1))
    if (sentence === undefined) throw missing()
    return () => sentence
  }
  return (here, { root }) => {
    const value = within(first === '$root' ? root : here, keys)
    if (value === undefined) throw missing()
    return value
  }
}

function within(value: unknown, keys: readonly string[]): unknown {
  let found = value
  for (const key of keys) found = isFields(found) ? found[key] : undefined
  return found
}

/** The view's own value stays its own; what is not there is left out. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isThere).map(copied)
  if (!isFields(value)) return value
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) if (isThere(value[key])) copy[key] = copied(value[key])
  return copy
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
