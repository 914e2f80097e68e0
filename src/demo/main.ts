/** `npm run demo`: one bot and a chat page for each person, on this machine alone, until Ctrl-C. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { languageOf } from '../domain/values.ts'
import type { Service } from '../index.ts'
import { startDemoBot } from './bot.ts'
import { anna, carla, everyone, leo } from './people.ts'
import { type Playground, startPlayground } from './playground.ts'
import { portIsFree } from './ports.ts'
import { tour } from './tour.ts'

const dataFolder = join(import.meta.dirname, '../../.data')
const pages = [
  { person: anna, port: 4101, role: 'participant' },
  { person: carla, port: 4102, role: 'master coach' },
  { person: leo, port: 4103, role: 'team leader' },
]
const botPort = 3978

/** On a terminal somebody reads along. */
const readingPauseMs = 200

const usage = `npm run demo [-- --fresh] [--language en|zh-CN] [--tour]

  --tour        a whole journey plays by itself and is printed, without a browser; nothing is kept
  --fresh       start over; without it what was written before is still there
  --language    the language of the programme; each person can change their own
`

const running: (Playground | Service)[] = []

async function main(): Promise<void> {
  const options = {
    tour: { type: 'boolean' },
    fresh: { type: 'boolean' },
    language: { type: 'string' },
    help: { type: 'boolean' },
  } as const
  const { values } = parseArgs({ options })
  if (values.help) return console.log(usage)
  const language = languageOf(values.language ?? 'en')
  if (!language) throw new Error(`The bot speaks en and zh-CN, not ${values.language}.`)
  if (values.tour) {
    return tour({ language, print: text => console.log(text), pauseMs: process.stdout.isTTY ? readingPauseMs : 0 })
  }

  for (const port of [botPort, ...pages.map(page => page.port)]) {
    if (!(await portIsFree(port))) {
      throw new Error(`Port ${port} is taken. Is another demo running? End it with Ctrl-C in its window and try again.`)
    }
  }
  console.log('Starting Learning Log on 127.0.0.1 (this machine only, no account, nothing leaves it) …')
  const bot = await startDemoBot({ port: botPort, dataFolder, language, fresh: values.fresh ?? false })
  running.push(bot)
  const botUrl = `http://127.0.0.1:${bot.port}/api/messages`
  const started = await Promise.all(
    pages.map(({ person, port }) => startPlayground({ person, port, botUrl, dataFolder, everyone })),
  )
  for (const [index, playground] of started.entries()) {
    running.push(playground)
    const name = pages[index]?.person.name
    void playground.exited.then(() => void stop(`${name}'s page has ended; so the demo ends.`, 1))
  }
  console.log(welcome(started))
}

function welcome(started: readonly Playground[]): string {
  const lines = pages.map(({ person, role }, index) => `  ${started[index]?.url}   ${person.name}, ${role}`)
  return `
Open these pages side by side:

${lines.join('\n')}

Anna is invited: read her card and agree. Then plan a session, record it, plan and record another, choose
Best and Most Challenging, and answer. When both logs are submitted, Carla's page gets a card.
Leo sees how far Anna is, in dates and counts and never a word she wrote. On his page, type: progress
If a page is empty (a page forgets its chat when it is reloaded), type: hi

What you write is kept in .data/ for the next run; --fresh starts over. Ctrl-C ends everything.`
}

let stopping = false

async function stop(why: string, code: number): Promise<void> {
  if (stopping) return
  stopping = true
  console.log(`\n${why}`)
  await Promise.allSettled(running.map(each => ('close' in each ? each.close() : each.stop())))
  process.exit(code)
}

process.once('SIGINT', () => void stop('Ending the bot and its pages.', 0))
process.once('SIGTERM', () => void stop('Ending the bot and its pages.', 0))

main().catch((error: unknown) => stop(error instanceof Error ? error.message : String(error), 1))
