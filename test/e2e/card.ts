import { setTimeout as pause } from 'node:timers/promises'
import type { Locator, Page, Request, Response } from 'playwright-core'
import { type Input, inputOf } from './inputs.ts'
import type { Traffic } from './traffic.ts'

/** One card of a chat. It stays the same one when its content is replaced in place. */
export interface Card {
  /** What it reads now, without what its inputs hold. */
  text(): Promise<string>
  /** What the bar below it says: an answer without a card, a refusal, or that a press was sent. Empty when there is none. */
  notice(): Promise<string>
  /** What the input of this label holds, as the page shows it; several choices are joined by ', '. */
  value(label: string): Promise<string>
  /** Types into a text (of one or more lines), number or time input; a date is given as 2026-12-05. */
  fill(label: string, value: string): Promise<void>
  /** Chooses one option; where several may be chosen, it adds to them. */
  choose(label: string, option: string): Promise<void>
  /**
   * Presses a button by its title (`nth`, from 0, tells equal titles apart) and resolves once the bot has answered and the
   * page has come to rest. Rejects when nothing was sent, as when a required input is empty.
   */
  press(title: string, options?: { nth?: number; within?: number }): Promise<void>
  /** Presses a button that only changes the page, such as one that unfolds a part of the card. */
  toggle(title: string): Promise<void>
  /** Saves a picture of it, with an edge around it; a card higher than `height` (in CSS pixels) fades out there. */
  screenshot(file: string, options?: { height?: number }): Promise<void>
}

/** How long the page has to show a thing, in milliseconds. */
export const PATIENCE_MS = 10_000
const SENDING_LIMIT_MS = 1_500

const REPLACING_LIMIT_MS = 3_000

// Resolves when nothing in the page has changed for 150 ms, at the latest after 3 s.
const REST = `new Promise(resolve => {
  let timer = setTimeout(done, 150)
  const latest = setTimeout(done, 3000)
  const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 150) })
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
  function done() { observer.disconnect(); clearTimeout(timer); clearTimeout(latest); resolve() }
})`

const edge = '.ac-preview-panel { border: 1px solid #ddd; border-radius: 8px }'
const fadingAt = (height: number): string => `.ac-preview-panel {
  max-height: ${height}px; overflow: hidden; mask-image: linear-gradient(black ${height - 90}px, transparent ${height}px);
}`

const changed = async <T>(read: () => Promise<T>, isDone: (now: T) => boolean): Promise<void> => {
  for (const limit = Date.now() + REPLACING_LIMIT_MS; Date.now() < limit; await pause(20)) {
    if (isDone(await read())) return
  }
}

/** Resolves when the page shows every message it was sent and has stopped changing; after a few seconds at the latest. */
export const comeToRest = async (page: Page, traffic: Traffic): Promise<void> => {
  const sent = traffic.messages()
  await changed(
    () => page.locator('.fai-OutputCard').count(),
    shown => shown >= sent,
  )
  await page.evaluate(REST)
}

const REFUSAL = 'application/vnd.microsoft.error'

const complaint = async (response: Response | null): Promise<string | undefined> => {
  if (!response?.ok()) return `was answered with ${response?.status() ?? 'nothing'}`
  const answer: { type?: string; value?: { message?: string } } = await response.json().catch(() => ({}))
  return answer.type === REFUSAL ? `was refused: ${answer.value?.message}` : undefined
}

/** The card in this panel of the page. */
export const cardIn = (page: Page, panel: Locator, traffic: Traffic): Card => {
  // Any new message renders all cards anew and empties their inputs, so what was entered is kept here until it is sent.
  const entered = new Map<string, () => Promise<void>>()
  const enter = async (key: string, label: string, entry: (input: Input) => Promise<void>) => {
    const input = await inputOf(page, panel, label)
    await entry(input)
    const shown = await input.value()
    entered.delete(key)
    entered.set(key, async () => {
      const now = await inputOf(page, panel, label)
      if ((await now.value()) !== shown) await entry(now)
    })
  }

  const button = async (title: string, nth?: number): Promise<Locator> => {
    const named = panel.getByRole('button', { name: title, exact: true })
    const more = panel.getByRole('button', { name: 'More options', exact: true })
    await named.or(more).first().waitFor({ timeout: PATIENCE_MS })
    if ((await named.count()) > 0) return nth === undefined ? named : named.nth(nth)
    await more.last().click()
    return page.getByRole('menuitem', { name: title, exact: true })
  }

  const notice = async (): Promise<string> => {
    const bar = panel.locator('xpath=..').getByLabel('Dismiss Invoke Message').locator('xpath=..')
    return (await bar.allInnerTexts()).join().trim()
  }

  // The page gives the elements of every new content of a card new ids.
  const content = async (): Promise<string> => {
    const ids = panel
      .locator('[id^="__ac-"]')
      .evaluateAll(elements => elements.map(element => String(element.id)).join())
    return `${await ids}${await notice()}`
  }

  return {
    text: async () => (await panel.innerText()).trim(),
    notice,
    value: async label => (await inputOf(page, panel, label)).value(),
    fill: (label, value) => enter(label, label, input => input.fill(value)),
    choose: (label, option) => enter(`${label}: ${option}`, label, input => input.choose(option)),
    async press(title, { nth, within = 30_000 } = {}) {
      for (const entry of [...entered.values()]) await entry()
      const target = await button(title, nth)
      const answered = traffic.answered('message', within)
      answered.catch(() => {})
      const sent: Request[] = []
      const note = (request: Request) => {
        if (/\/_conversation\/v1\/(invoke|submit)$/.test(request.url())) sent.push(request)
      }
      const before = await content()
      page.on('request', note)
      await target.click()
      for (const limit = Date.now() + SENDING_LIMIT_MS; sent.length === 0 && Date.now() < limit; ) await pause(20)
      page.off('request', note)
      const [request] = sent
      if (!request) {
        throw new Error(`Pressing "${title}" sent nothing. The card reads:\n${(await panel.innerText()).trim()}`)
      }
      entered.clear()
      const tooLate = pause(within, undefined, { ref: false }).then(() => {
        throw new Error(`Pressing "${title}" was not answered in ${within} ms`)
      })
      const response = await Promise.race([request.response(), tooLate])
      if (request.url().endsWith('/submit')) await answered
      else if (response?.ok()) await changed(content, now => now !== before)
      const wrong = await complaint(response)
      if (wrong) traffic.report(`Pressing "${title}" ${wrong}`)
      await comeToRest(page, traffic)
    },
    async toggle(title) {
      await (await button(title)).click()
      await comeToRest(page, traffic)
    },
    screenshot: async (file, { height } = {}) => {
      const higher = height !== undefined && ((await panel.boundingBox())?.height ?? 0) > height
      const style = `${edge} ${higher ? fadingAt(height) : ''}`
      // Wherever the last press left it, the mouse would tint a button.
      await page.mouse.move(0, 0)
      await panel.screenshot({ path: file, style, animations: 'disabled', caret: 'hide' })
    },
  }
}
