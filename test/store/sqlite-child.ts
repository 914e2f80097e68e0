/**
 * Another process on the same file: `pairs <file> <first>` writes two-document batches until it is killed and says each
 * number once it is acknowledged; `count <file> <times>` increments one document by its version.
 */
import { writeSync } from 'node:fs'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { create, done, keyOf, logDoc, markerDoc, pk } from './bench.ts'

const [job, file = '', number = '0'] = process.argv.slice(2)
const store = openSqlite(file, () => new Date().toISOString())

if (job === 'pairs') {
  for (let no = Number(number); ; no++) {
    done(await store.commit(pk, [create(markerDoc(`left-${no}`)), create(markerDoc(`right-${no}`))]))
    writeSync(1, `${no}\n`)
  }
} else {
  for (let left = Number(number); left > 0; ) {
    const read = await store.get(keyOf(logDoc(1)))
    const rev = (read?.doc.answers[1]?.rev ?? 0) + 1
    const outcome = await store.commit(pk, [{ op: 'put', doc: logDoc(1, 'Count', rev), etag: read?.etag ?? '' }])
    if (outcome.ok) left--
  }
  await store.close()
}
