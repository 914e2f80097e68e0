/** What the machine brings along: Node, and what its ICU knows of languages and time zones. */
import { DateTime } from 'luxon'
import project from '../../../package.json' with { type: 'json' }
import { type Finding, mend, well } from './finding.ts'

export function node(): Finding {
  const least = Number(/\d+/.exec(project.engines.node)?.[0])
  const found = process.versions.node
  if (Number.parseInt(found, 10) >= least) return well('node', found)
  return mend('node', `This is Node ${found}: install Node ${least} or newer, or start by npm, which brings its own.`)
}

/** A Monday in summer, written in both languages and in zones with and without summer time. */
const known = [
  ['en-GB', 'Europe/Berlin', 'Monday 6 July 14:00'],
  ['zh-CN', 'Asia/Shanghai', '星期一 6 七月 20:00'],
  ['en-GB', 'America/New_York', 'Monday 6 July 08:00'],
  ['en-GB', 'Asia/Kolkata', 'Monday 6 July 17:30'],
] as const

export function calendars(): Finding {
  const noon = DateTime.fromISO('2026-07-06T12:00:00Z')
  const wrong = known.filter(
    ([locale, zone, text]) => noon.setZone(zone).setLocale(locale).toFormat('cccc d LLLL HH:mm') !== text,
  )
  if (wrong.length === 0) return well('calendars', `time zones of ${process.versions.tz}, English and Chinese`)
  const names = wrong.map(([locale, zone]) => `${zone} in ${locale}`).join(', ')
  return mend(
    'calendars',
    `Node’s own data lacks ${names}: install a Node with full ICU (those of nodejs.org are), and leave NODE_ICU_DATA out.`,
  )
}
