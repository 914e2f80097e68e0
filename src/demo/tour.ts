/** `npm run demo -- --tour`: the whole journey plays by itself over real HTTP and is printed. Nothing is kept. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Language } from '../domain/values.ts'
import { startDemoBot } from './bot.ts'
import { startMailbox } from './mailbox.ts'
import { anna, carla, leo } from './people.ts'
import { createPlayer, type Playing } from './player.ts'
import { play } from './scenes.ts'
import { openStage } from './stage.ts'
import { createTranscript } from './transcript.ts'

export type TourOptions = {
  readonly language: Language
  readonly print: (text: string) => void
  /** After each card; 0 when nobody reads along. */
  readonly pauseMs: number
}

const firstMorning = '2026-11-02T08:00:00.000Z'

/** Plays to the end, or throws where somebody did not see what they should. Its data is gone afterwards, also when it is ended. */
export async function tour({ language, print, pauseMs }: TourOptions): Promise<void> {
  const began = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'learning-log-tour-'))
  const clear = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  process.once('exit', clear)

  const time = { now: firstMorning }
  const start = () => startDemoBot({ port: 0, dataFolder: folder, language, fresh: false, clock: () => time.now })
  let bot = await start()
  const stage = openStage(() => `http://127.0.0.1:${bot.port}`, await startMailbox())
  const transcript = createTranscript(print)
  const playing: Playing = { transcript, pauseMs, took: [] }
  const on = (day: string) => {
    time.now = `${day}T08:00:00.000Z`
    return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(day))
  }

  transcript.title('Learning Log, played by itself: a participant, her coach and her team leader')
  print(`\n  ${anna.name}, participant · ${carla.name}, master coach · ${leo.name}, team leader`)
  print('  Over real HTTP on 127.0.0.1, with a clock of its own. Nothing is kept.\n')
  try {
    await play({
      anna: createPlayer(stage.actor(anna.id, anna.name), { name: 'Anna', colour: 'cyan' }, language, playing),
      carla: createPlayer(stage.actor(carla.id, carla.name), { name: 'Carla', colour: 'magenta' }, language, playing),
      leo: createPlayer(stage.actor(leo.id, leo.name), { name: 'Leo', colour: 'yellow' }, language, playing),
      transcript,
      language,
      on,
      restart: async () => {
        await bot.close()
        bot = await start()
      },
    })
    transcript.title(figures(playing.took, performance.now() - began))
    print('To try it yourself: npm run demo')
  } finally {
    await bot.close()
    await stage.close()
    process.off('exit', clear)
    clear()
  }
}

function figures(took: readonly number[], whole: number): string {
  const sorted = took.toSorted((a, b) => a - b)
  const [median = 0, slowest = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  const seconds = (whole / 1000).toFixed(1)
  return `Played in ${seconds} s. ${took.length} turns, half of them within ${median.toFixed(0)} ms, all within ${slowest.toFixed(0)} ms.`
}
