/** All the doctor looks at. Nothing is changed, so it may be asked at any time, beside a bot that runs. */
import { clouds } from '../../teams/clouds.ts'
import { failure } from '../../teams/failure.ts'
import { type Config, readConfig } from '../config.ts'
import { appPackage } from './app-package.ts'
import { type Check, type Finding, mend, skipped, well } from './finding.ts'
import { calendars, node } from './machine.ts'
import { type Ahead, aheadOf, aheadOfMicrosoft, clock, identity, keys } from './microsoft.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Everything at once, in at most a quarter of a minute. `file`: the app package to compare with. Never rejects. */
export async function examine(environment: Environment, file: string | undefined): Promise<Finding[]> {
  const config = configured(environment)
  const cloud = config instanceof Error ? cloudOf(environment) : config.cloud
  const [fetched, ahead, whole] = await Promise.all([
    keys(cloud),
    aheadOfMicrosoft(cloud),
    config instanceof Error ? undefined : byConfiguration(config, file, environment.TEAMS_APP_ID?.trim()),
  ])
  return [
    config instanceof Error
      ? mend('configuration', config.message)
      : well('configuration', 'complete, and of one piece'),
    node(),
    calendars(),
    ...(whole?.findings ?? notYet('identity', 'store', 'app package')),
    fetched,
    clock([ahead, whole?.ahead]),
  ]
}

const notYet = (...names: readonly Check[]) => names.map(check => skipped(check, 'mend the configuration first'))

function configured(environment: Environment): Config | Error {
  try {
    return readConfig(environment)
  } catch (error) {
    return error instanceof Error ? error : new Error('The environment cannot be read.')
  }
}

function cloudOf({ CLOUD = '' }: Environment): Config['cloud'] {
  return Object.keys(clouds).find((name): name is Config['cloud'] => name === CLOUD.trim()) ?? 'public'
}

async function byConfiguration(config: Config, file: string | undefined, teamsApp: string | undefined) {
  const [known, kept] = await Promise.all([identity(config), store(config)])
  return { findings: [known, kept.finding, appPackage(file, config, teamsApp)], ahead: kept.ahead }
}

async function store(config: Config): Promise<{ finding: Finding; ahead?: Ahead | undefined }> {
  try {
    const { faults, says, date, at = 0 } = await lookAt(config)
    const finding = faults.length === 0 ? well('store', says) : mend('store', faults.join(' '))
    return { finding, ahead: aheadOf('the store', date, at) }
  } catch (error) {
    // The store's own errors carry the mend and nothing that was stored; whatever else is named only.
    const own = error instanceof Error && /^Store/.test(error.name)
    return { finding: mend('store', own ? error.message : `It cannot be looked at (${failure(error).error}).`) }
  }
}

async function lookAt({ store, managedIdentity }: Config) {
  const { lookAtCosmos, lookAtFile } = await import('../../store/operator/inspect.ts')
  if (store.kind === 'sqlite') return lookAtFile(store.file)
  const { endpoint, database, container, key } = store
  const { azureCredential } = await import('../../store/cosmos/cosmos.ts')
  return lookAtCosmos({
    endpoint,
    database,
    container,
    auth: key ? { key } : { credential: azureCredential(managedIdentity) },
  })
}
