/** Every card with the states worth looking at. Tests and the gallery draw all of them; a new card is a new row. */
import { coachingSamples } from './coaching.ts'
import { enrolSamples } from './enrol.ts'
import { othersSamples } from './others.ts'
import { peopleSamples } from './people.ts'
import { planningSamples } from './planning.ts'
import type { Row } from './row.ts'
import { runningSamples } from './running.ts'
import { unsavedSamples } from './unsaved.ts'
import { writingSamples } from './writing.ts'

export const registry: readonly Row[] = [
  ...planningSamples,
  ...writingSamples,
  ...othersSamples,
  ...peopleSamples,
  ...coachingSamples,
  ...enrolSamples,
  ...runningSamples,
  ...unsavedSamples,
]
