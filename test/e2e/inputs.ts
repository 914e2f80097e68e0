import type { Locator, Page } from 'playwright-core'

/** One input of a card. Filling or choosing what is there already changes nothing. */
export interface Input {
  value(): Promise<string>
  fill(value: string): Promise<void>
  choose(option: string): Promise<void>
}

const exactly = (text: string, rest = ''): RegExp =>
  new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*${rest}$`)

const byId = (panel: Locator, id: string | null): Locator => panel.locator(`[id="${id}"]`)

const labelled = async (panel: Locator, label: string): Promise<Locator> => {
  const labels = panel.locator('label.ac-richTextBlock').filter({ hasText: exactly(label, '\\*?\\s*') })
  const bare = panel.getByPlaceholder(label, { exact: true })
  try {
    await labels.or(bare).first().waitFor({ timeout: 3_000 })
  } catch {
    throw new Error(`No input is labelled "${label}". The card reads:\n${(await panel.innerText()).trim()}`)
  }
  return (await labels.count()) > 0 ? byId(panel, await labels.first().getAttribute('for')) : bare.first()
}

// The date input reads an ISO date as midnight UTC, a day too early west of Greenwich; this form it reads as a local day.
const asTyped = (isoDate: string): string => {
  const [year, month, day] = isoDate.split('-').map(Number)
  return `${month}/${day}/${year}`
}

const dateInput = (page: Page, input: Locator): Input => ({
  value: () => input.inputValue(),
  async fill(value) {
    await input.fill(value === '' ? '' : asTyped(value))
    await input.blur()
    const calendar = page.getByRole('dialog')
    if (await calendar.isVisible()) await page.keyboard.press('Escape')
    await calendar.waitFor({ state: 'hidden' })
    if ((await input.inputValue()) === '' && value !== '') throw new Error(`"${value}" is not taken as a date`)
  },
  choose: option => Promise.reject(new Error(`"${option}" cannot be chosen in a date`)),
})

const textInput = (input: Locator, closing?: 'Enter' | 'Tab'): Input => ({
  value: () => input.inputValue(),
  async fill(value) {
    if ((await input.inputValue()) === value) return
    await input.fill(value)
    if (closing) await input.press(closing)
  },
  choose: option => Promise.reject(new Error(`"${option}" cannot be chosen in a text`)),
})

const dropdown = (page: Page, input: Locator): Input => ({
  value: () => input.inputValue(),
  fill: value => Promise.reject(new Error(`"${value}" cannot be typed into a list; choose it`)),
  async choose(option) {
    if ((await input.inputValue()).split(', ').includes(option)) return
    await input.click()
    const one = page.getByRole('option', { name: option, exact: true })
    const several = page.getByRole('menuitemcheckbox', { name: option, exact: true })
    await one.or(several).click({ timeout: 3_000 })
    // A list of several stays open, and hides the rest of the page from us until it is closed.
    if (await several.isVisible()) await page.keyboard.press('Escape')
    await one.or(several).waitFor({ state: 'hidden' })
  },
})

const choices = (group: Locator): Input => ({
  async value() {
    const chosen: string[] = []
    for (const label of await group.locator('label').all()) {
      if (await byId(group, await label.getAttribute('for')).isChecked()) chosen.push((await label.innerText()).trim())
    }
    return chosen.join(', ')
  },
  fill: value => Promise.reject(new Error(`"${value}" cannot be typed; choose it`)),
  async choose(option) {
    const label = group.locator('label').filter({ hasText: exactly(option) })
    await byId(group, await label.getAttribute('for', { timeout: 3_000 })).check()
  },
})

const toggle = (input: Locator): Input => ({
  value: async () => String(await input.isChecked()),
  fill: value => input.setChecked(value === 'true'),
  choose: () => input.check(),
})

/** The input of this label, or of this placeholder where there is no label. */
export const inputOf = async (page: Page, panel: Locator, label: string): Promise<Input> => {
  const input = await labelled(panel, label)
  const attribute = async (name: string) => (await input.getAttribute(name)) ?? ''
  const [role, type, popup, kind] = await Promise.all(['role', 'type', 'aria-haspopup', 'class'].map(attribute))
  if (type === 'checkbox') return toggle(input)
  if (popup === 'dialog') return dateInput(page, input)
  if (kind?.includes('TimePicker')) return textInput(input, 'Enter')
  if (role === 'combobox') return dropdown(page, input)
  if (role === 'spinbutton') return textInput(input, 'Tab')
  const isText = type === 'text' || (await input.evaluate(element => String(element.nodeName))) === 'TEXTAREA'
  return isText || type ? textInput(input) : choices(input)
}
