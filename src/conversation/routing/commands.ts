/** What can be typed, in both languages, from one table. Help and "did you mean" are made from it. */
import { say, type TextKey } from '../../cards/texts.ts'
import { helpCard } from '../../cards/views/general.ts'
import { readCode } from '../../domain/membership/codes.ts'
import type { Role } from '../../domain/profile.ts'
import { type Language, languages } from '../../domain/values.ts'
import { home } from '../home/home.ts'
import { invitePeople } from '../membership/codes.ts'
import { consentTyped } from '../membership/consenting.ts'
import { join } from '../membership/joining.ts'
import { newProgramme } from '../programme/founding.ts'
import { programmes, whichProgramme } from '../programme/programmes.ts'
import { manage } from '../programme/running.ts'
import { nudgeNamed } from '../progress/nudging.ts'
import { coachHome, progressNamed } from '../progress/overview.ts'
import { personNamed } from '../progress/person.ts'
import { readNamed } from '../reading/reading.ts'
import { chooseForm, planForm } from '../sessions/planning.ts'
import { settings, speak } from '../settings/settings.ts'
import { enrolHow } from '../team-import/enrolling.ts'
import { programmeAs } from '../turn/own-journey.ts'
import { denied, type Outcome, reader, showCard, type TurnContext } from '../turn/turn-context.ts'
import * as typed from './typed-steps.ts'
import { behind, closestTo, isNumber, isPointer, plainText } from './words.ts'

export type Command = {
  readonly name: string
  /** Its sentence in help. */
  readonly says: TextKey
  /** The first word of each language is the one help shows. */
  readonly words: Readonly<Record<Language, readonly string[]>>
  /** Who finds it in help. A person without that role who types it is answered all the same. */
  readonly roles: readonly Role[]
  /** Also for somebody who takes part in nothing (`strangers.ts`). */
  readonly anyone?: true
  /**
   * What may follow the word. A test: only what it accepts, so that the whole message is words of ours and is a command
   * even while a question is open. `free`: anything, but only while no question is open.
   */
  readonly rest?: 'free' | ((rest: string) => boolean)
  /** About no programme in particular, so that nobody is asked which. */
  readonly ofNone?: true
  /** What may follow a word with a free rest even then. */
  readonly exactly?: (rest: string) => boolean
  readonly run: (context: TurnContext, rest: string) => Promise<Outcome> | Outcome
}

const everyone = ['participant', 'coach', 'leader'] as const
const asCoach = (context: TurnContext) => programmeAs(context, 'coach')
const me = (context: TurnContext) => programmeAs(context, 'participant')

// biome-ignore format: a table is read in one look
export const commands: readonly Command[] = [
  { name: 'home',     says: 'help.home',     roles: everyone,        words: { en: ['home', 'start', 'hi', 'hello', 'menu'], 'zh-CN': ['主页', '开始', '首页', '你好'] }, run: context => home(context) },
  { name: 'takepart', says: 'help.takepart', roles: ['participant'], words: { en: ['take part', 'agree'],                   'zh-CN': ['参加', '同意'] },         run: orNeutral(me, consentTyped) },
  { name: 'join',     says: 'help.join',     roles: everyone,        words: { en: ['join'],                                 'zh-CN': ['加入'] },                 rest: 'free',    exactly: isCode, anyone: true, run: join },
  { name: 'plan',     says: 'help.plan',     roles: ['participant'], words: { en: ['plan'],                                 'zh-CN': ['计划'] },                 rest: 'free',    run: (context, rest) => rest ? typed.planTyped(context, rest) : planForm(context, me(context)) },
  { name: 'edit',     says: 'help.edit',     roles: ['participant'], words: { en: ['edit'],                                 'zh-CN': ['修改'] },                 rest: 'free',    run: typed.editTyped },
  { name: 'record',   says: 'help.record',   roles: ['participant'], words: { en: ['record'],                               'zh-CN': ['记录'] },                 rest: 'free',    run: typed.recordTyped },
  { name: 'cancel',   says: 'help.cancel',   roles: ['participant'], words: { en: ['cancel'],                               'zh-CN': ['取消'] },                 rest: isNumber,  run: typed.cancelTyped },
  { name: 'choose',   says: 'help.choose',   roles: ['participant'], words: { en: ['choose'],                               'zh-CN': ['选择'] },                 rest: 'free',    run: (context, rest) => rest ? typed.chooseTyped(context, rest) : chooseForm(context, me(context)) },
  { name: 'swap',     says: 'help.swap',     roles: ['participant'], words: { en: ['swap'],                                 'zh-CN': ['对调'] },                 run: typed.swapTyped },
  { name: 'onelog',   says: 'help.onelog',   roles: ['participant'], words: { en: ['one log', 'send one log'],              'zh-CN': ['一份日志'] },             run: typed.oneLogTyped },
  { name: 'continue', says: 'help.continue', roles: ['participant'], words: { en: ['continue', 'log', 'reflect'],           'zh-CN': ['继续', '日志', '反思'] }, rest: isPointer, run: typed.continueTyped },
  { name: 'question', says: 'help.question', roles: ['participant'], words: { en: ['question', 'go to question'],           'zh-CN': ['问题', '第'] },           rest: isNumber,  run: typed.questionTyped },
  { name: 'all',      says: 'help.all',      roles: ['participant'], words: { en: ['all questions', 'all'],                 'zh-CN': ['全部问题'] },             run: typed.allTyped },
  { name: 'back',     says: 'help.back',     roles: ['participant'], words: { en: ['back'],                                 'zh-CN': ['上一题'] },               run: context => typed.goTyped(context, 'back') },
  { name: 'later',    says: 'help.later',    roles: ['participant'], words: { en: ['later', 'pause'],                       'zh-CN': ['稍后', '稍后再写'] },     run: context => typed.goTyped(context, 'later') },
  { name: 'review',   says: 'help.review',   roles: ['participant'], words: { en: ['review'],                               'zh-CN': ['通读'] },                 rest: isPointer, run: typed.reviewTyped },
  { name: 'submit',   says: 'help.submit',   roles: ['participant'], words: { en: ['submit'],                               'zh-CN': ['提交'] },                 rest: isPointer, run: typed.submitTyped },
  { name: 'withdraw', says: 'help.withdraw', roles: ['participant'], words: { en: ['withdraw', 'take back'],                'zh-CN': ['撤回'] },                 rest: isPointer, run: typed.withdrawTyped },
  { name: 'invite',   says: 'help.invite',   roles: ['coach'],       words: { en: ['invite'],                               'zh-CN': ['邀请'] },                 run: orNeutral(asCoach, (context, programme) => invitePeople(context, { programme, code: 'participant' })) },
  { name: 'ready',    says: 'help.ready',    roles: ['coach'],       words: { en: ['ready', 'who is ready'],                'zh-CN': ['就绪', '谁准备好了'] },   run: async context => await whoIsReady(context) ?? denied(context) },
  { name: 'read',     says: 'help.read',     roles: ['coach'],       words: { en: ['read'],                                 'zh-CN': ['阅读'] },                 rest: 'free',    run: (context, rest) => readNamed(context, programmeAs(context, 'coach'), rest) },
  { name: 'progress', says: 'help.progress', roles: ['coach', 'leader'], words: { en: ['progress'],                             'zh-CN': ['进度'] },                 rest: 'free',    run: async (context, rest) => await progress(context, rest) ?? denied(context) },
  { name: 'enrol',    says: 'help.enrol',    roles: ['coach'],       words: { en: ['enrol', 'enroll'],                      'zh-CN': ['导入成员'] },             ofNone: true,    run: enrolHow },
  { name: 'nudge',    says: 'help.nudge',    roles: ['coach', 'leader'], words: { en: ['nudge'],                             'zh-CN': ['提醒'] },                 rest: 'free',    run: nudgeNamed },
  { name: 'programmes', says: 'help.programmes', roles: everyone,    words: { en: ['programmes', 'my programmes'],          'zh-CN': ['我的项目', '项目列表'] }, run: context => programmes(context, { page: 1, rest: '', away: false }) },
  { name: 'newprogramme', says: 'help.newprogramme', roles: ['coach'], words: { en: ['new programme', 'new program'],            'zh-CN': ['新建项目'] },             anyone: true,    run: context => newProgramme(context) },
  { name: 'programme', says: 'help.programme', roles: ['coach'],     words: { en: ['programme', 'program'],                 'zh-CN': ['项目'] },                 run: context => manage(context, programmeAs(context, 'coach')) },
  { name: 'settings', says: 'help.settings', roles: everyone,        words: { en: ['settings'],                             'zh-CN': ['设置'] },                 run: settings },
  { name: 'chinese',  says: 'help.chinese',  roles: everyone,        words: { en: ['chinese'],                              'zh-CN': ['中文'] },                 run: context => speak(context, 'zh-CN') },
  { name: 'english',  says: 'help.english',  roles: everyone,        words: { en: ['english'],                              'zh-CN': ['英文'] },                 run: context => speak(context, 'en') },
  { name: 'help',     says: 'help.help',     roles: everyone,        words: { en: ['help', '?'],                            'zh-CN': ['帮助', '？'] },           run: help },
]

/** Longer than any code, whatever stands between its letters. */
const longestCode = 200

function isCode(text: string): boolean {
  return text.length <= longestCode && readCode(text) !== undefined
}

/** Of a message that is a command while a question is open, in UTF-16 code units. */
const longestExact = 60

export type Typed = { readonly command: Command; readonly rest: string }

/**
 * The command a message is. `exact`: only when every word of it is one of ours, as while a question is open. Free words
 * may follow only where one of the person's roles knows the command, so that a sentence is not taken for somebody else's.
 */
export function commandIn(text: string, exact: boolean, roles: readonly Role[]): Typed | undefined {
  // All our own words together are shorter; a longer text in the middle of a question is its answer.
  if (exact && text.length > longestExact) return undefined
  // A code alone, since it is what people copy.
  const join = isCode(text) ? commands.find(({ name }) => name === 'join') : undefined
  if (join) return { command: join, rest: text }
  const plain = plainText(text)
  for (const command of commands) {
    for (const word of languages.flatMap(language => command.words[language])) {
      const rest = after(plain, word.normalize('NFKC'))
      if (rest === '') return { command, rest }
      if (rest === undefined || command.rest === undefined) continue
      if (command.rest !== 'free') {
        if (command.rest(rest)) return { command, rest }
        continue
      }
      if (exact && !command.exactly?.(rest)) continue
      const free = exact || command.roles.some(role => roles.includes(role))
      // As it was typed: the plain text is for recognising alone.
      if (free) return { command, rest: behind(word, text) }
    }
  }
  return undefined
}

/** What follows a word: nothing, or something behind a space; Chinese needs no space. Undefined when it does not follow. */
function after(text: string, word: string): string | undefined {
  if (!text.startsWith(word)) return undefined
  const rest = text.slice(word.length)
  return rest === '' || /^\s/.test(rest) || /\p{Script=Han}$/u.test(word) ? rest.trim() : undefined
}

/** The command somebody may have meant by a mistyped word, and the word in their language. */
export function meant(text: string, language: Language): { name: string; word: string } | undefined {
  const words = commands.flatMap(command =>
    languages.flatMap(each => command.words[each].map(word => ({ command, word }))),
  )
  const found = closestTo(plainText(text), words, each => each.word)
  return found && { name: found.command.name, word: found.command.words[language][0] ?? found.word }
}

/** Runs a command in the programme it means, when that is clear. */
export async function runCommand(context: TurnContext, { command, rest }: Typed): Promise<Outcome> {
  if (command.roles === everyone || command.anyone || command.ofNone) return command.run(context, rest)
  const which = await whichProgramme(context, command.roles, { name: command.name, rest })
  return 'ask' in which ? which.ask : command.run(which.context, rest)
}

export async function runNamed(context: TurnContext, name: string, rest = ''): Promise<Outcome> {
  const command = commands.find(each => each.name === name)
  return command ? runCommand(context, { command, rest }) : home(context)
}

/** Help lists what the person's roles may type; somebody without any role sees what everybody may type. */
export function help(context: TurnContext): Outcome {
  const to = reader(context)
  const roles = [...new Set(context.profile.memberships.map(membership => membership.role))]
  const offered = commands
    .filter(command => command.roles === everyone || command.roles.some(role => roles.includes(role)))
    .map(command => ({ words: command.words[to.language].slice(0, 1), says: say(to.language, command.says) }))
  return showCard(helpCard(to, { roles, commands: offered }))
}

function orNeutral(
  which: (context: TurnContext) => string | undefined,
  run: (context: TurnContext, id: string) => Promise<Outcome>,
) {
  return (context: TurnContext) => {
    const id = which(context)
    return id === undefined ? denied(context) : run(context, id)
  }
}

async function whoIsReady(context: TurnContext): Promise<Outcome | undefined> {
  const id = programmeAs(context, 'coach')
  return id === undefined ? undefined : coachHome(context, id, 1)
}

/** A leader's own people; else, for a coach, one of theirs by name, or everybody. */
async function progress(context: TurnContext, name: string): Promise<Outcome | undefined> {
  const led = programmeAs(context, 'leader')
  const asLeader = led === undefined ? undefined : await progressNamed(context, led, name)
  const coached = programmeAs(context, 'coach')
  if (asLeader || coached === undefined) return asLeader
  return (await personNamed(context, coached, name)) ?? coachHome(context, coached, 1)
}
