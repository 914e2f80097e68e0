export type RenderedCard = {
  /** Adaptive Card, schema 1.5. */
  readonly card: object
  /** What a notification or a lock screen may show: fixed text of ours, never anybody's words. */
  readonly summary: string
}
