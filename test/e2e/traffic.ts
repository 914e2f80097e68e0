import type { Page } from 'playwright-core'

/** What goes between a chat's page and the bot, as the page's own log tells it. */
export interface Traffic {
  /** Everything that went wrong so far: errors of the page, warnings of its log, activities the bot refused. */
  problems(): string[]
  /** Adds a problem. */
  report(problem: string): void
  /** How many messages the page has been sent so far. */
  messages(): number
  /** Resolves when the next activity of this kind has been answered by the bot, or could not be delivered to it. */
  answered(activity: string, within: number): Promise<void>
}

interface LogEntry {
  activityName?: string
  from?: string
  level?: string
  displayText?: string
  response?: { statusCode?: number }
}

const isLocal = (url: string): boolean => /^(data:|blob:|https?:\/\/(127\.0\.0\.1|localhost)[:/])/.test(url)

/** Watches a page from before it is opened, and lets it reach nothing but this machine. */
export const watchTraffic = async (page: Page): Promise<Traffic> => {
  const problems: string[] = []
  let messages = 0
  const waiting = new Set<(entry: LogEntry) => void>()

  await page.route(
    url => !isLocal(url.href),
    route => route.abort(),
  )
  page.on('pageerror', error => problems.push(`The page failed: ${error.message}`))
  page.on('console', message => {
    const { url } = message.location()
    // The page asks the network for fonts and an animation it can do without.
    if (message.type() !== 'error' || !isLocal(url) || url.endsWith('/favicon.ico')) return
    if (message.text().includes('cdn.office.net')) return
    problems.push(`The page's console says: ${message.text()}`)
  })

  const count = (frame: string) => {
    if ((JSON.parse(frame) as { action?: string }).action === 'createMessage') messages += 1
  }
  const read = (frame: string) => {
    const entry = (JSON.parse(frame) as { log?: LogEntry }).log
    if (!entry) return
    const isWarning = /warn|error/i.test(entry.level ?? '')
    const isActivity = entry.from === 'Microsoft 365 Agents Playground'
    const status = entry.response?.statusCode ?? 200
    if (isWarning) problems.push(`The log says: ${entry.displayText}`)
    else if (isActivity && status >= 400) problems.push(`The bot answered ${entry.activityName} with ${status}`)
    if (isWarning || isActivity) for (const tell of [...waiting]) tell(entry)
  }
  page.on('websocket', socket => {
    if (socket.url().endsWith('/conversations/stream'))
      socket.on('framereceived', ({ payload }) => count(String(payload)))
    if (socket.url().endsWith('/_ws/log/stream')) socket.on('framereceived', ({ payload }) => read(String(payload)))
  })

  return {
    problems: () => [...problems],
    report: problem => problems.push(problem),
    messages: () => messages,
    answered: (activity, within) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(tell)
          reject(new Error(`The bot did not answer ${activity} in ${within} ms`))
        }, within).unref()
        const tell = (entry: LogEntry) => {
          if (entry.activityName && entry.activityName !== activity) return
          waiting.delete(tell)
          clearTimeout(timer)
          resolve()
        }
        waiting.add(tell)
      }),
  }
}
