/** Every card with the states worth looking at. Tests and the gallery draw all of them; a new card is a new row. */
import { coachingSamples } from './samples/coaching.ts'
import { enrolSamples } from './samples/enrol.ts'
import { othersSamples } from './samples/others.ts'
import { peopleSamples } from './samples/people.ts'
import { planningSamples } from './samples/planning.ts'
import type { Row } from './samples/row.ts'
import { runningSamples } from './samples/running.ts'
import { unsavedSamples } from './samples/unsaved.ts'
import { writingSamples } from './samples/writing.ts'

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
