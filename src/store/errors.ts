/** What the store throws. A lost race is no error: it resolves with `ok: false`. */

/** The caller asked for what neither engine can do; nothing was written. A fault in the program, not in the data. */
export class StoreMisuse extends Error {
  override name = 'StoreMisuse'
}

/** The engine could not do its work now. Nothing was acknowledged; whether it was written is not known. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable'
}
