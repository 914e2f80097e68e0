/** The promise of `src/store/store.ts` as one suite, which every engine passes. */
import { type Bench, bench, type Open } from './bench.ts'
import { batches } from './contract/batches.ts'
import { bounds } from './contract/bounds.ts'
import { conditions } from './contract/conditions.ts'
import { expiry } from './contract/expiry.ts'
import { fidelity } from './contract/fidelity.ts'
import { queries } from './contract/queries.ts'
import { races } from './contract/races.ts'
import { refusals } from './contract/refusals.ts'
import { versions } from './contract/versions.ts'
import { writes } from './contract/writes.ts'

const suites: Record<string, (bench: Bench) => void> = {
  writes,
  batches,
  conditions,
  expiry,
  queries,
  bounds,
  fidelity,
  races,
  refusals,
  versions,
}

export function storeContract(name: string, open: Open): void {
  describe(`store contract: ${name}`, () => {
    const on = bench(open)
    for (const [suite, register] of Object.entries(suites)) describe(suite, () => register(on))
  })
}
