/** A process that examines one environment after the other and sends what is found. */
import { examine } from '../../../src/server/doctor/examine.ts'

process.on('message', ({ env, file }: { env: Record<string, string>; file: string }) => {
  // The Azure library looks for its identity in the environment of the process itself.
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  void examine(env, file).then(findings => process.send?.(findings))
})
