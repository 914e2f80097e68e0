/**
 * Draws every sample of every card to a picture, as Teams would roughly show it: `node test/cards/gallery.ts [folder]
 * [name…]`. For looking at, not for comparing: without `HOST_CONFIGS` the host settings are ours, written after the look of
 * Teams. What slides out of a card at its side is named, since a picture does not show it.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Page } from 'playwright-core'
import type { Reader } from '../../src/cards/reader.ts'
import { registry } from '../../src/cards/samples/registry.ts'
import { chineseWords, plainWords, type SampleWords, trickyWords } from '../../src/cards/samples/words.ts'
import { sampleWorld } from '../../src/cards/samples/world.ts'
import { languages } from '../../src/domain/values.ts'
import { type Look, looks } from './gallery-host.ts'

const [folder = '.data/gallery', ...wanted] = process.argv.slice(2)

type Shot = {
  readonly look: keyof typeof looks
  readonly width: number
  readonly reader: Reader
  readonly words: SampleWords
}

const reader = { zone: 'Asia/Shanghai', buttons: 'execute', rendering: 'r1', owner: 'o1' } as const
const own = { en: plainWords, 'zh-CN': chineseWords } as const
const shots: Record<string, Shot> = {
  tricky: { look: 'light', width: 640, reader: { ...reader, language: 'en' }, words: trickyWords },
}
for (const language of languages) {
  for (const look of ['light', 'dark'] as const) {
    for (const width of [320, 640]) {
      shots[`${language}-${look}-${width}`] = { look, width, reader: { ...reader, language }, words: own[language] }
    }
  }
}

/** Teams' own host settings, where `HOST_CONFIGS` names the folder `lib/hostConfigs` of the package adaptivecards-designer. */
function lookOf(name: keyof typeof looks): Look {
  const from = process.env.HOST_CONFIGS
  if (!from) return looks[name]
  return { ...looks[name], host: JSON.parse(readFileSync(`${from}/microsoft-teams-${name}.json`, 'utf8')) }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  ),
})
const page = await browser.newPage({ deviceScaleFactor: 1 })
await page.setContent('<!doctype html><body></body>')
const library = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js')
await page.addScriptTag({ content: readFileSync(library, 'utf8') })

mkdirSync(folder, { recursive: true })
for (const [name, shot] of Object.entries(shots)) {
  const world = sampleWorld(shot.words)
  const drawn = registry
    .filter(row => wanted.length === 0 || wanted.includes(row.name))
    .map(row => ({
      name: row.name,
      cards: Object.entries(row.samples).map(([sample, draw]) => ({
        sample,
        card: draw({ ...shot.reader, rendering: sample }, world).card,
      })),
    }))
  for (const row of drawn) {
    const outside = await show(page, row.cards, lookOf(shot.look), shot.width)
    for (const text of outside) console.warn(`${row.name}.${name}: slides out: ${text}`)
    await page.screenshot({ path: `${folder}/${row.name}.${name}.png`, fullPage: true })
  }
}
await browser.close()

type Drawn = { readonly sample: string; readonly card: object }

/** All samples of one card side by side on one picture. */
async function show(page: Page, cards: readonly Drawn[], look: Look, width: number): Promise<readonly string[]> {
  const across = Math.min(cards.length, width > 400 ? 3 : 6)
  await page.setViewportSize({ width: across * (width + 24) + 24, height: 400 })
  return page.evaluate(drawInPage, { cards, look, width })
}

/** Runs in the browser, so it may use nothing from this file. */
function drawInPage({ cards, look, width }: { cards: readonly Drawn[]; look: Look; width: number }): string[] {
  const global = globalThis as unknown as { document: PageDocument; AdaptiveCards: CardLibrary }
  const { document, AdaptiveCards } = global
  class ProgressBar extends AdaptiveCards.CardElement {
    private value = 0
    private max = 1
    override getJsonTypeName() {
      return 'ProgressBar'
    }
    override internalParse(source: { value: number; max: number }, context: object) {
      super.internalParse(source, context)
      this.value = source.value
      this.max = source.max
    }
    override internalRender() {
      const bar = document.createElement('div')
      bar.innerHTML = `<div style="height:4px;border-radius:2px;background:${look.track}"><div style="height:4px;border-radius:2px;width:${(100 * this.value) / this.max}%;background:${look.accent}"></div></div>`
      return bar
    }
  }
  AdaptiveCards.GlobalRegistry.elements.register('ProgressBar', ProgressBar)
  // Teams divides such a container into a grid when the card is wide enough; this library does not know it.
  class Grid extends AdaptiveCards.Container {
    private divided = false
    override internalParse(source: { layouts?: readonly object[] }, context: object) {
      super.internalParse(source, context)
      this.divided = source.layouts !== undefined
    }
    override internalRender() {
      const drawn = super.internalRender()
      if (this.divided && width > 400) drawn.innerHTML = `<div class="grid">${drawn.innerHTML}</div>`
      return drawn
    }
  }
  AdaptiveCards.GlobalRegistry.elements.register('Container', Grid)
  document.body.innerHTML = `<style>${look.css}
    .grid { display: grid; grid-template-columns: 1fr 1fr; column-gap: 16px } .grid > .ac-horizontal-separator { display: none !important }
    body { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 24px; padding: 24px; margin: 0 }
    figure { margin: 0; width: ${width}px } figcaption { font: 12px monospace; color: #888; padding-bottom: 4px }</style>`
  for (const { sample, card } of cards) {
    const drawn = new AdaptiveCards.AdaptiveCard()
    drawn.hostConfig = new AdaptiveCards.HostConfig(look.host)
    drawn.parse(card)
    const figure = document.createElement('figure')
    figure.innerHTML = `<figcaption>${sample}</figcaption><div class="card"></div>`
    figure.lastChild.appendChild(drawn.render())
    document.body.appendChild(figure)
  }
  const outside: string[] = []
  for (const card of document.querySelectorAll('.card')) {
    const edge = card.getBoundingClientRect().right
    // The room at the side of a card is not a button's: the row it stands in is cut off there.
    for (const each of card.querySelectorAll('*'))
      if (each.getBoundingClientRect().right > edge + 1) outside.push(each.innerHTML.slice(0, 80))
    for (const each of card.querySelectorAll('.ac-pushButton'))
      if (each.getBoundingClientRect().right > edge - 15) outside.push(each.innerHTML.slice(0, 80))
  }
  return outside
}

type PageElement = {
  innerHTML: string
  lastChild: PageElement
  appendChild(child: PageElement): void
  querySelectorAll(selector: string): Iterable<PageElement>
  getBoundingClientRect(): { right: number }
}
type PageDocument = {
  body: PageElement
  createElement(tag: string): PageElement
  querySelectorAll(selector: string): Iterable<PageElement>
}
type ElementType = new () => {
  getJsonTypeName(): string
  internalParse(source: object, context: object): void
  internalRender(): PageElement
}
type CardLibrary = {
  AdaptiveCard: new () => { hostConfig: object; parse(card: object): void; render(): PageElement }
  HostConfig: new (config: object) => object
  CardElement: ElementType
  Container: ElementType
  GlobalRegistry: { elements: { register(name: string, type: object): void } }
}
