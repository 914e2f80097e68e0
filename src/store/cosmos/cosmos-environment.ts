/** Which Cosmos DB container the operator's commands work on, by the same variables as the bot and with its defaults. */
import { azureCredential, type CosmosOptions } from './cosmos.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** @throws with the mend. Empty is the same as absent. */
export function cosmosFromEnvironment(environment: Environment = process.env): CosmosOptions {
  const { COSMOS_ENDPOINT, COSMOS_DATABASE, COSMOS_CONTAINER, COSMOS_KEY } = environment
  if (!COSMOS_ENDPOINT) {
    throw new Error(
      'Set COSMOS_ENDPOINT to the account’s address, in the environment or in .env; COSMOS_DATABASE and COSMOS_CONTAINER where they are not learning-log.',
    )
  }
  return {
    endpoint: COSMOS_ENDPOINT,
    database: COSMOS_DATABASE || 'learning-log',
    container: COSMOS_CONTAINER || 'learning-log',
    // A key is for an emulator on this machine; elsewhere it is whoever is signed in, or the machine's identity.
    auth: COSMOS_KEY ? { key: COSMOS_KEY } : { credential: azureCredential() },
  }
}
