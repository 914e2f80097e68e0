/** Bicep as a tree, by the grammar that editors use. Microsoft's compiler is not to be had as a package. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Language, type Node, Parser } from 'web-tree-sitter'

export type { Node }

let loading: Promise<Parser> | undefined
/** By their text: of a folder that is looked at again and again most files are as they were. */
const known = new Map<string, Node>()

/** Loaded once: it is WebAssembly, and takes most of the time these tests take. */
async function load(): Promise<Parser> {
  await Parser.init()
  const wasm = fileURLToPath(import.meta.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'))
  const parser = new Parser()
  parser.setLanguage(await Language.load(wasm))
  return parser
}

/** @throws with file, line and column where it is not Bicep. */
export async function parse(file: string): Promise<Node> {
  loading ??= load()
  const parser = await loading
  const text = readFileSync(file, 'utf8')
  const root = known.get(text) ?? parser.parse(text)?.rootNode
  if (!root) throw new Error(`${file} could not be parsed.`)
  known.set(text, root)
  const wrong = firstError(root)
  if (wrong) throw new Error(`${place(file, wrong)} is no Bicep`)
  return root
}

function firstError(node: Node): Node | undefined {
  if (!node.hasError) return undefined
  if (node.isError || node.isMissing) return node
  for (const child of node.children) {
    const found = child && firstError(child)
    if (found) return found
  }
  return node
}

export function place(file: string, node: Node): string {
  return `${file.split('/').pop()}:${node.startPosition.row + 1}:${node.startPosition.column + 1}`
}

/** A node and all that is in it. */
export function* within(node: Node): Generator<Node> {
  yield node
  for (const child of node.namedChildren) if (child) yield* within(child)
}

/** Children that say something: without comments. */
export function parts(node: Node): Node[] {
  return node.namedChildren.filter(child => child !== null && child.type !== 'comment') as Node[]
}
