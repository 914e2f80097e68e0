/**
 * What Teams offers when somebody asks what the bot can do. Words and sentences are those of the table of commands and of
 * help, so that neither can say anything else than the bot does; which commands are offered is chosen here.
 */
import { say } from '../src/cards/texts.ts'
import { type Command, commands } from '../src/conversation/routing/commands.ts'
import type { Role } from '../src/domain/profile.ts'
import type { Language } from '../src/domain/values.ts'

/**
 * By name, in the order in which they are offered. Teams shows everybody the same list and cuts it short, and a menu of all
 * commands would be no help: so of each role what is done over and over, not what a card leads to by itself. A new command
 * takes the place of another here, or is found by `help` alone.
 */
const offered = [
  { for: 'everyone', names: ['home'] },
  { for: 'participant', names: ['plan', 'record', 'continue', 'submit'] },
  { for: 'coach', names: ['ready', 'newprogramme'] },
  { for: 'leader', names: ['progress'] },
  { for: 'everyone', names: ['settings', 'help'] },
] as const satisfies readonly { readonly for: Role | 'everyone'; readonly names: readonly string[] }[]

/** What the menu offers to somebody who has that role alone, by name. @throws for a command the role does not have. */
export function offeredTo(role: Role, table: readonly Command[] = commands): string[] {
  return offered.flatMap(({ for: whom, names }) => {
    if (whom !== 'everyone' && whom !== role) return []
    const foreign = names.find(name => !table.find(command => command.name === name)?.roles.includes(role))
    if (foreign) throw new Error(`The menu offers "${foreign}" to a ${role}, who does not have it.`)
    return [...names]
  })
}

/** Tighter than the schema (12, 128, 4,000): what older clients take, and what can be read on a phone. */
const most = { commands: 10, title: 32, description: 128 }

export type Offered = { readonly title: string; readonly description: string }

/** @throws for a command that is not in the table, and for what Teams would cut. */
export function menu(
  language: Language,
  names: readonly string[] = offered.flatMap(group => [...group.names]),
  table: readonly Command[] = commands,
): Offered[] {
  if (names.length > most.commands)
    throw new Error(`The menu offers ${names.length} commands, ${most.commands} at most.`)
  return names.map(name => {
    const command = table.find(each => each.name === name)
    if (!command) throw new Error(`The menu offers "${name}", which is no command: mend appPackage/commands.ts.`)
    const title = command.words[language][0] ?? ''
    const sentence = say(language, command.says)
    const description = sentence.charAt(0).toUpperCase() + sentence.slice(1)
    for (const [what, text] of Object.entries({ title, description })) {
      const limit = what === 'title' ? most.title : most.description
      if (text === '' || text.length > limit)
        throw new Error(`The ${what} of "${name}" has ${text.length} of 1 to ${limit} characters.`)
    }
    return { title, description }
  })
}

/** In a team there is one thing to do: a coach brings its people in. */
const inTeams: readonly string[] = ['enrol']

/** For the manifest: what is offered in a person's own chat, and in a team. */
export function commandLists(): { scopes: string[]; commands: Offered[] }[] {
  return [
    { scopes: ['personal'], commands: menu('en') },
    { scopes: ['team'], commands: menu('en', inTeams) },
  ]
}

/** The same in Chinese, under the names a localisation file gives them. */
export function localisedCommands(): Record<string, string> {
  const lists = [menu('zh-CN'), menu('zh-CN', inTeams)]
  const entries = lists.flatMap((commands, list) =>
    commands.flatMap(({ title, description }, i) => [
      [`bots[0].commandLists[${list}].commands[${i}].title`, title],
      [`bots[0].commandLists[${list}].commands[${i}].description`, description],
    ]),
  )
  return Object.fromEntries(entries)
}
