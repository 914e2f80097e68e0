import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { type Card, cardIn, comeToRest, PATIENCE_MS } from './card.ts'
import { watchTraffic } from './traffic.ts'

/** One person's chat with the bot, in a page of its own. Waiting times are in milliseconds. */
export interface Chat {
  name: string
  /** Sends a message as the person and resolves once the bot has answered it. */
  say(text: string): Promise<void>
  /** How many cards the chat holds. */
  cards(): Promise<number>
  /** The card at the bottom. */
  lastCard(): Promise<Card>
  /** The newest card that reads so, as soon as there is one; `after` leaves out that many of the oldest. */
  waitForCard(reads: string | RegExp, options?: { within?: number; after?: number }): Promise<Card>
  /** The texts of the bot's plain messages, oldest first. */
  messages(): Promise<string[]>
  /** Resolves with the newest plain message of the bot that reads so, as soon as there is one. */
  waitForMessage(reads: string | RegExp, options?: { within?: number }): Promise<string>
  screenshot(file: string): Promise<void>
  /** Everything that went wrong in this chat so far, in plain words. */
  problems(): string[]
  close(): Promise<void>
}

// The page is some 10 MB of script.
const OPENING_LIMIT_MS = 60_000

const matches = (text: string, reads: string | RegExp): boolean =>
  typeof reads === 'string' ? text.includes(reads) : reads.test(text)

/** Opens the chat at this address, checks that it is this person's, and resolves once the bot has been told of it. */
export const openChat = async (
  browser: Browser,
  url: string,
  options: { name: string; timeZone?: string; width?: number; height?: number },
): Promise<Chat> => {
  const { name, timeZone, width = 1280, height = 1200 } = options
  const context = await browser.newContext({ viewport: { width, height }, timezoneId: timeZone })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const traffic = await watchTraffic(page)

  const told = traffic.answered('conversationUpdate', OPENING_LIMIT_MS)
  told.catch(() => {})
  await page.goto(url, { timeout: OPENING_LIMIT_MS })
  const composer = page.locator('[role=textbox][contenteditable=true]').last()
  await composer.waitFor({ timeout: OPENING_LIMIT_MS })
  await page.getByRole('toolbar').getByRole('img', { name, exact: true }).waitFor()
  await told
  await page.getByTitle('Toggle Log Panel').click()
  await comeToRest(page, traffic)

  const panels = page.locator('.ac-preview-panel')
  const bubbles = page.locator('.fai-OutputCard').filter({ hasNot: page.locator('.ac-preview-panel') })
  const known: Card[] = []
  const cardAt = (index: number): Card => {
    known[index] ??= cardIn(page, panels.nth(index), traffic)
    return known[index]
  }

  const waitFor = async <T>(find: () => Promise<T | undefined>, within: number, failure: () => Promise<string>) => {
    for (const limit = Date.now() + within; Date.now() < limit; await pause(50)) {
      const found = await find()
      if (found !== undefined) return found
    }
    throw new Error(await failure())
  }

  return {
    name,
    async say(text) {
      await composer.click()
      await page.keyboard.insertText(text)
      const answered = traffic.answered('message', 30_000)
      answered.catch(() => {})
      await page.keyboard.press('Enter')
      await answered
      await comeToRest(page, traffic)
    },
    cards: () => panels.count(),
    async lastCard() {
      await panels.last().waitFor()
      return cardAt((await panels.count()) - 1)
    },
    waitForCard: (reads, { within = PATIENCE_MS, after = 0 } = {}) =>
      waitFor(
        async () => {
          const texts = await panels.allInnerTexts()
          const index = texts.findLastIndex((text, at) => at >= after && matches(text, reads))
          return index < 0 ? undefined : cardAt(index)
        },
        within,
        async () =>
          `${name} saw no card that reads ${reads}; the cards read:\n${(await panels.allInnerTexts()).join('\n--\n')}`,
      ),
    messages: async () => (await bubbles.allInnerTexts()).map(text => text.trim()),
    waitForMessage: (reads, { within = PATIENCE_MS } = {}) =>
      waitFor(
        async () => (await bubbles.allInnerTexts()).findLast(text => matches(text, reads))?.trim(),
        within,
        async () =>
          `${name} saw no message that reads ${reads}; there are:\n${(await bubbles.allInnerTexts()).join('\n--\n')}`,
      ),
    screenshot: async file => {
      await page.screenshot({ path: file })
    },
    problems: traffic.problems,
    close: () => context.close(),
  }
}
