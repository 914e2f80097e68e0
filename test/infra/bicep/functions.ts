/** The functions of Bicep that infra/ uses. What Azure would make up is made up here, the same each time. */
import { createHash } from 'node:crypto'

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }

export const sample = {
  subscription: '/subscriptions/5f0e5d1c-2a7b-4c55-9b1e-8f6d3a2c1b90',
  tenant: 'c0a7d6e2-3b1f-4f8e-a5d9-62b4e8f1a733',
} as const

const group = `${sample.subscription}/resourceGroups/rg-learning-log`

function made(parts: readonly Value[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

export const functions: Readonly<Record<string, (...args: Value[]) => Value>> = {
  resourceGroup: () => ({ id: group, name: 'rg-learning-log', location: 'northeurope' }),
  tenant: () => ({ tenantId: sample.tenant }),
  subscriptionResourceId: (type, name) => `${sample.subscription}/providers/${type}/${name}`,
  uniqueString: (...parts) => made(parts).slice(0, 13),
  guid: (...parts) => made(parts).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
  replace: (text, from, to) => String(text).replaceAll(String(from), () => String(to)),
  toLower: text => String(text).toLowerCase(),
  empty: value => value === null || (typeof value === 'object' ? Object.keys(value).length === 0 : value === ''),
  union: (...objects) => Object.assign({}, ...objects),
}

export function resourceId(type: string, name: string): string {
  const [provider = '', ...kinds] = type.split('/')
  const names = name.split('/')
  return `${group}/providers/${provider}${kinds.map((kind, i) => `/${kind}/${names[i]}`).join('')}`
}
