/** Whom a card is drawn for. */
import type { Language } from '../domain/values.ts'

export type Reader = {
  readonly language: Language
  /** The reader's own IANA zone, for every date and time on the card. */
  readonly zone: string
  /** `Action.Execute` replaces the card in place; `Action.Submit` is for clients on which that fails. */
  readonly buttons: 'execute' | 'submit'
  /** Names this rendering, for input ids that are new each time. Letters and digits. */
  readonly rendering: string
  /** A short digest of whom the card is drawn for: every button carries it, so that a copied card is recognised. */
  readonly owner: string
}

/** A line at the top of a card: what just happened, or why not and what to do next. */
export type Alert = { readonly tone: 'good' | 'attention' | 'warning'; readonly text: string }
