/** How a send ended: the platform's many answers in the few words that decide what to do next. */
export type Sent = { readonly sent: true; readonly activity: string | undefined } | NotSent

export type NotSent = {
  readonly sent: false
  /**
   * `unreachable`: this person cannot be written to. `noConversation`: the chat is not there any more. `noActivity`: the
   * message that was to be replaced is not. `throttled`: not sent, ask again later. `notDelivered`: it never left.
   * `ambiguous`: it may have arrived. `misdirected`: not by this address. `unauthorised`: our token was refused, or there
   * is none. `refused`: it will be refused again as it is.
   */
  readonly why:
    | 'unreachable'
    | 'noConversation'
    | 'noActivity'
    | 'throttled'
    | 'notDelivered'
    | 'ambiguous'
    | 'misdirected'
    | 'unauthorised'
    | 'refused'
  readonly retryAfterSeconds?: number
  /** The platform's error code, never its text. */
  readonly code?: string
}

/** What came of opening a chat anew: its conversation's id, which may be the old one's. */
export type Opened = { readonly opened: true; readonly conversation: string } | NotSent
