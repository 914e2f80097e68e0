/** What the operator's commands of this room have in common: `.env` below the environment, and how they end. */
import dotenv from 'dotenv'

/** Runs a command and prints what it says. What went wrong is one message with its mend, and exit code 1. */
export async function command(work: () => Promise<string>): Promise<void> {
  dotenv.config({ quiet: true })
  try {
    console.log(await work())
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'It could not be done.')
    process.exitCode = 1
  }
}
