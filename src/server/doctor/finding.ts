/** What the doctor says of one thing. */
export const checks = [
  'configuration',
  'node',
  'calendars',
  'identity',
  'store',
  'keys',
  'clock',
  'app package',
] as const

export type Check = (typeof checks)[number]

export type Finding = {
  readonly check: Check
  /** `skipped`: it could not be looked at, and `says` tells why; that is no fault by itself. */
  readonly state: 'well' | 'mend' | 'skipped'
  /** What is well, or the mend. Never a secret, never an id of a person, never what another system wrote. */
  readonly says: string
}

export const well = (check: Check, says: string): Finding => ({ check, state: 'well', says })
export const mend = (check: Check, says: string): Finding => ({ check, state: 'mend', says })
export const skipped = (check: Check, says: string): Finding => ({ check, state: 'skipped', says })
