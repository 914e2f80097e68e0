/** Cards for everybody: help, and one sentence with a button or two. */
import type { Role } from '../../domain/profile.ts'
import { type Button, press } from '../press.ts'
import type { Alert, Reader } from '../reader.ts'
import { type RenderedCard, render } from '../render.ts'
import { say } from '../texts.ts'
import { lines, otherLanguage } from '../words.ts'
import { maybe } from './parts.ts'

type Help = {
  readonly roles: readonly Role[]
  readonly commands: readonly { readonly words: readonly string[]; readonly says: string }[]
}

export function helpCard(reader: Reader, { roles, commands }: Help): RenderedCard {
  const { language } = reader
  const about = roles.length > 0 ? roles.map(role => say(language, `help.${role}`)) : [say(language, 'help.nobody')]
  return render('help', reader, {
    about,
    write: maybe(commands.length > 0, {}),
    commands: commands.map(({ words, says }) => ({ words: words.join(' · '), says })),
    home: press('home', {}),
    language: press('language', { to: otherLanguage(reader) }),
  })
}

type Note = { readonly tone: Alert['tone']; readonly text: string; readonly buttons?: readonly Button[] }

export function noteCard(reader: Reader, { tone, text, buttons = [] }: Note): RenderedCard {
  return render('note', reader, { tone, lines: lines(text), buttons })
}
