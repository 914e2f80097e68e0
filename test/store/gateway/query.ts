/** Queries of the form `SELECT * FROM c [WHERE …]`, page by page, and the plan the SDK asks for besides. */
import { type Answer, isObject, type Json, Refusal } from './answer.ts'
import type { Container } from './container.ts'
import { where } from './where.ts'

/** A page has at most so many bytes ("Tips & Tricks for Query Pagination", Azure Cosmos DB blog), but never less than one document. */
const pageBytes = 4 * 1024 * 1024

/** @param pk keeps it to one partition. `from` is where the page before ended. */
export function query(
  container: Container,
  body: Json | undefined,
  pk: string | undefined,
  from: number,
  size: number,
): Answer {
  const holds = condition(body)
  const found = container.all().filter(doc => (pk === undefined || doc.pk === pk) && holds(doc))
  let bytes = 0
  const tooMuch = found.slice(from, from + size).findIndex((doc, no) => {
    bytes += Buffer.byteLength(JSON.stringify(doc))
    return no > 0 && bytes > pageBytes
  })
  const page = found.slice(from, from + (tooMuch < 0 ? size : tooMuch))
  const end = from + page.length
  return {
    status: 200,
    body: { _rid: 'rid', Documents: page, _count: page.length },
    headers: {
      'x-ms-item-count': String(page.length),
      ...(end < found.length ? { 'x-ms-continuation': `page-${end}` } : {}),
    },
  }
}

/** A plan for a query that needs none: no order, no aggregate, over the one range there is. */
export function plan(body: Json | undefined): Answer {
  condition(body)
  const none = { orderBy: [], orderByExpressions: [], groupByExpressions: [], groupByAliases: [], aggregates: [] }
  const queryInfo = {
    ...none,
    distinctType: 'None',
    groupByAliasToAggregateType: {},
    rewrittenQuery: '',
    hasSelectValue: false,
  }
  const queryRanges = [{ min: '', max: 'FF', isMinInclusive: true, isMaxInclusive: false }]
  return { status: 200, body: { partitionedQueryExecutionInfoVersion: 2, queryInfo, queryRanges } }
}

function condition(body: Json | undefined) {
  if (!isObject(body)) throw new Refusal(400, 'A query has a text')
  if (body.query === 'SELECT * FROM c') return () => true
  if (!Array.isArray(body.parameters)) throw new Refusal(400, 'A query with a condition has parameters')
  const [, text] = /^SELECT \* FROM c WHERE (.*)$/s.exec(String(body.query)) ?? []
  if (text === undefined) throw new Refusal(400, 'Not a query the gateway knows')
  const parameters: Record<string, Json> = {}
  for (const each of body.parameters) if (isObject(each)) parameters[String(each.name)] = each.value ?? null
  return where(text, parameters)
}
