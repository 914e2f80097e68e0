/**
 * What differs from one installation to the next: ids, addresses and whose app it is. Taken from the command line, else
 * from the values azd keeps for an environment, else from the environment. What is wrong is told all at once, with its mend.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'dotenv'

/** By the name in the manifest and in azd's environment; `option` on the command line. */
const asked = {
  TEAMS_APP_ID: { option: 'app-id', mend: 'must be the app’s own GUID; infra/ makes one for each environment' },
  BOT_ID: { option: 'bot-id', mend: 'must be the bot’s id, a GUID: MicrosoftAppId of the service' },
  DEVELOPER_NAME: { option: 'developer', mend: 'must be who offers the app, in at most 32 characters' },
  WEBSITE_URL: { option: 'website', mend: 'must be your https address about the app' },
  PRIVACY_URL: { option: 'privacy', mend: 'must be the https address of your privacy notice' },
  TERMS_URL: { option: 'terms', mend: 'must be the https address of your terms of use' },
} as const

export type Name = keyof typeof asked
export type Values = Readonly<Record<Name, string>>

export const options = Object.fromEntries(
  Object.values(asked).map(({ option }) => [option, { type: 'string' as const }]),
)

type Given = Readonly<Record<string, string | undefined>>

/** @throws one Error that names every value that is missing or cannot be meant. */
export function valuesFrom(commandLine: Given, environment: Given): Values {
  const values = Object.fromEntries(
    Object.entries(asked).map(([name, { option }]) => [name, (commandLine[option] ?? environment[name] ?? '').trim()]),
  ) as Record<Name, string>
  const told = Object.entries(asked).flatMap(([name, { option, mend }]) =>
    fits[name as Name](values[name as Name]) ? [] : [`  --${option} (or ${name}) ${mend}`],
  )
  if (told.length > 0) throw new Error(['The app package needs values that are yours:', ...told].join('\n'))
  return { ...values, TEAMS_APP_ID: values.TEAMS_APP_ID.toLowerCase(), BOT_ID: values.BOT_ID.toLowerCase() }
}

const fits: Readonly<Record<Name, (value: string) => boolean>> = {
  TEAMS_APP_ID: isGuid,
  BOT_ID: isGuid,
  DEVELOPER_NAME: value => value.length >= 1 && value.length <= 32 && !/[<>{}]/.test(value),
  WEBSITE_URL: isAddress,
  PRIVACY_URL: isAddress,
  TERMS_URL: isAddress,
}

/** A GUID that somebody made: those of examples repeat a digit or count up. */
function isGuid(value: string): boolean {
  if (!/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value)) return false
  return new Set(value.replaceAll('-', '').toLowerCase()).size > 3 && !/^(01234567|12345678)/.test(value)
}

/** A page others can open: https, a whole host name, and none of those that are reserved for examples. */
function isAddress(value: string): boolean {
  const url = URL.parse(value)
  if (url?.protocol !== 'https:' || value.length > 2048 || /[<>{}\s]/.test(value)) return false
  if (`${url.username}${url.password}${url.port}` !== '') return false
  return (
    /\.[a-z][a-z\d-]*$/.test(url.hostname) &&
    !/(^|\.)(example(\.[a-z]+)?|test|invalid|localhost|local)$/.test(url.hostname)
  )
}

/** What `azd` keeps of an environment. @throws when there is none of that name. */
export function azdValues(environment: string, root: string): Given {
  if (!/^[\w.-]+$/.test(environment)) throw new Error('--environment must be the name of an azd environment.')
  try {
    return parse(readFileSync(join(root, '.azure', environment, '.env')))
  } catch (cause) {
    throw new Error(`There is no azd environment ${environment} here: name one that "azd env list" shows.`, { cause })
  }
}
