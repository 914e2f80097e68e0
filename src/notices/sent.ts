/** How a send ended: the platform's many answers in the few words that decide what to do next. */
export type Sent =
  | { readonly sent: true; readonly activity: string | undefined }
  | {
      readonly sent: false
      /**
       * `unreachable`, `gone`: this person cannot be written to. `throttled`: not sent, ask again later. `notDelivered`:
       * it never left. `ambiguous`: it may have arrived. `refused`: it will be refused again as it is.
       */
      readonly why: 'unreachable' | 'gone' | 'throttled' | 'notDelivered' | 'ambiguous' | 'refused'
      readonly retryAfterSeconds?: number
      /** The platform's error code, never its text. */
      readonly code?: string
    }
