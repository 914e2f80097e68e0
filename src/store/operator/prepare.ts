/**
 * `npm run store:prepare`: makes the database and the container in COSMOS_ENDPOINT, COSMOS_DATABASE, COSMOS_CONTAINER
 * where they are missing; with COSMOS_KEY, for an emulator on this machine. In Azure infra/ makes them.
 */
import { prepareCosmos } from '../cosmos/cosmos.ts'
import { cosmosFromEnvironment } from '../cosmos/cosmos-environment.ts'
import { command } from './operator.ts'

await command(async () => {
  const options = cosmosFromEnvironment()
  await prepareCosmos(options)
  return `Container ${options.container} in database ${options.database} is ready.`
})
