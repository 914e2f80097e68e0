/** The app package that was uploaded to Teams, or will be, against what this program is configured to be. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import project from '../../../package.json' with { type: 'json' }
import type { Config } from '../config.ts'
import { type Finding, mend, skipped, well } from './finding.ts'

/** Where `npm run package` puts it. */
const made = join(import.meta.dirname, '../../../.data/appPackage')

const manifest = z.object({
  id: z.string().toLowerCase(),
  version: z.string(),
  bots: z.tuple([z.object({ botId: z.string().toLowerCase(), supportsFiles: z.boolean().default(false) })]),
})

/**
 * @param file a zip; absent: the newest one made here. `teamsApp`: the id it must have, where somebody knows it
 * (`TEAMS_APP_ID`, which azd keeps).
 */
export function appPackage(file: string | undefined, { app, cloud }: Config, teamsApp: string | undefined): Finding {
  const path = file ?? newest()
  if (path === undefined)
    return skipped('app package', 'none here: npm run package makes one; npm run doctor -- --package FILE reads it')
  const read = manifestIn(path)
  if (!read) return mend('app package', `${path} is no app package of this bot: make it anew with npm run package.`)
  const [bot] = read.bots
  const faults = [
    ...(bot.botId === app ? [] : ['It is for another bot: MicrosoftAppId and BOT_ID must be the same.']),
    ...(!teamsApp || read.id === teamsApp.toLowerCase()
      ? []
      : ['It is another app than TEAMS_APP_ID: people would see two.']),
    ...(read.version === project.version
      ? []
      : [`It is of version ${read.version}, this program of ${project.version}.`]),
    ...(cloud === 'china' && bot.supportsFiles ? ['It offers files, which Teams operated by 21Vianet has not.'] : []),
  ]
  if (faults.length === 0) return well('app package', `version ${read.version}, for this bot`)
  return mend(
    'app package',
    `${faults.join(' ')} Make it anew with npm run package, and upload it in the Teams admin centre.`,
  )
}

function newest(): string | undefined {
  try {
    const zips = readdirSync(made).flatMap(name => (name.endsWith('.zip') ? [join(made, name)] : []))
    return zips.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
  } catch {
    return undefined
  }
}

/** Undefined for whatever is no zip with a manifest of a bot in it. */
function manifestIn(path: string): z.infer<typeof manifest> | undefined {
  try {
    return manifest.parse(JSON.parse(entry(readFileSync(path), 'manifest.json').toString('utf8')))
  } catch {
    return undefined
  }
}

/** One file out of a zip, by the directory at its end. Source: PKWARE's APPNOTE, 4.3. @throws when it is not there. */
function entry(zip: Buffer, name: string): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const [method, size, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)]
      const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const packed = zip.subarray(begin, begin + size)
      return method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: 1024 * 1024 })
    }
    at += 46 + nameLength + extraLength + commentLength
  }
  throw new Error('not there')
}
