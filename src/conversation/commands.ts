/** What can be typed, in both languages, from one table. Help is made from it. */
import { say, type TextKey } from '../cards/texts.ts'
import { helpCard } from '../cards/views/general.ts'
import { currentRound, liveSessions } from '../domain/journey.ts'
import type { Role } from '../domain/person.ts'
import { type Language, languages } from '../domain/values.ts'
import { coachHome, home, mine, programmeAs, speak } from './membership.ts'
import { chooseForm, planForm, recordForm } from './planning.ts'
import { carryOn } from './reflecting.ts'
import { done, neutral, type Outcome, reader, type Scope } from './scope.ts'

type Command = {
  readonly name: string
  /** Its sentence in help. */
  readonly says: TextKey
  /** The first word of each language is the one help shows. */
  readonly words: Readonly<Record<Language, readonly string[]>>
  /** Who finds it in help. Whoever types it without that role is answered all the same. */
  readonly roles: readonly Role[]
  readonly run: (scope: Scope) => Promise<Outcome> | Outcome
}

const everyone = ['participant', 'coach', 'leader'] as const

// biome-ignore format: a table is read in one look
export const commands: readonly Command[] = [
  { name: 'home',     says: 'help.home',     words: { en: ['home', 'start', 'hi', 'hello', 'menu'], 'zh-CN': ['主页', '开始', '首页', '你好'] }, roles: everyone,        run: scope => home(scope) },
  { name: 'plan',     says: 'help.plan',     words: { en: ['plan', 'plan a session'],               'zh-CN': ['计划', '计划对话'] },            roles: ['participant'], run: scope => planForm(scope, programmeAs(scope, 'participant')) },
  { name: 'record',   says: 'help.record',   words: { en: ['record', 'record a session'],           'zh-CN': ['记录', '记录对话'] },            roles: ['participant'], run: recordNext },
  { name: 'choose',   says: 'help.choose',   words: { en: ['choose'],                               'zh-CN': ['选择'] },                        roles: ['participant'], run: scope => chooseForm(scope, programmeAs(scope, 'participant')) },
  { name: 'continue', says: 'help.continue', words: { en: ['continue', 'log', 'reflect'],           'zh-CN': ['继续', '日志', '反思'] },        roles: ['participant'], run: scope => carryOn(scope, programmeAs(scope, 'participant')) },
  { name: 'ready',    says: 'help.ready',    words: { en: ['ready', 'who is ready'],                'zh-CN': ['就绪', '谁准备好了'] },          roles: ['coach'],       run: whoIsReady },
  { name: 'chinese',  says: 'help.chinese',  words: { en: ['chinese'],                              'zh-CN': ['中文'] },                        roles: everyone,        run: scope => speak(scope, 'zh-CN') },
  { name: 'english',  says: 'help.english',  words: { en: ['english'],                              'zh-CN': ['英文'] },                        roles: everyone,        run: scope => speak(scope, 'en') },
  { name: 'help',     says: 'help.help',     words: { en: ['help', '?'],                            'zh-CN': ['帮助', '？'] },                  roles: everyone,        run: help },
]

/** The command that a message is, when it is exactly one of its words; either language is understood always. */
export function commandIn(text: string): Command | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/[.!。！]+$/u, '')
  return commands.find(command =>
    languages.some(language => command.words[language].some(word => word.normalize('NFKC') === plain)),
  )
}

/** Help lists what the person's roles may type; somebody without any role sees what everybody may type. */
export function help(scope: Scope): Outcome {
  const to = reader(scope)
  const roles = [...new Set(scope.profile.memberships.map(membership => membership.role))]
  const offered = commands
    .filter(command => command.roles === everyone || command.roles.some(role => roles.includes(role)))
    .map(command => ({ words: command.words[to.language].slice(0, 2), says: say(to.language, command.says) }))
  return done(helpCard(to, { roles, commands: offered }))
}

/** Typed `record`: the planned session that waits for it; home shows which when there are several. */
async function recordNext(scope: Scope): Promise<Outcome> {
  const id = programmeAs(scope, 'participant')
  const found = id === undefined ? undefined : await mine(scope, id)
  if (!found) return neutral(scope)
  const waiting = liveSessions(currentRound(found.journey.doc)).filter(session => !session.heldOn)
  const [only] = waiting
  return only && waiting.length === 1 ? recordForm(scope, id, only.no) : home(scope, id)
}

function whoIsReady(scope: Scope): Promise<Outcome> | Outcome {
  const id = programmeAs(scope, 'coach')
  return id === undefined ? neutral(scope) : coachHome(scope, id)
}
