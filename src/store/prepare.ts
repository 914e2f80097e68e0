/**
 * `npm run store:prepare`: makes the database and the container in COSMOS_ENDPOINT, COSMOS_DATABASE, COSMOS_CONTAINER
 * where they are missing; with COSMOS_KEY, for an emulator on this machine. In Azure infra/ makes them.
 */
import dotenv from 'dotenv'
import { azureCredential, prepareCosmos } from './cosmos.ts'

dotenv.config({ quiet: true })
const { COSMOS_ENDPOINT: endpoint, COSMOS_DATABASE: database, COSMOS_CONTAINER: container } = process.env
const { COSMOS_KEY: key } = process.env

if (!endpoint || !database || !container) {
  console.error('Set COSMOS_ENDPOINT, COSMOS_DATABASE and COSMOS_CONTAINER, in the environment or in .env.')
  process.exit(1)
}
try {
  await prepareCosmos({ endpoint, database, container, auth: key ? { key } : { credential: azureCredential() } })
  console.log(`Container ${container} in database ${database} is ready.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : 'It could not be prepared.')
  process.exit(1)
}
