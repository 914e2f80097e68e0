/**
 * What every test process is given before its first test. Stores insist that each write reaches the disk, which is most of
 * what the tests would wait for: their files lie in memory where the system has such a place. Whatever is loaded is
 * compiled once, for the processes that tests start as well.
 */
import { statfsSync } from 'node:fs'
import module from 'node:module'

const inMemory = '/dev/shm'
const enoughBytes = 32 * 1024 * 1024

if (process.env.TMPDIR !== inMemory && isRoomy()) process.env.TMPDIR = inMemory
process.env.NODE_COMPILE_CACHE ??= new URL('../node_modules/.cache/compile', import.meta.url).pathname
module.enableCompileCache(process.env.NODE_COMPILE_CACHE)

/** Containers may have a small one, or none. */
function isRoomy(): boolean {
  try {
    const { bavail, bsize } = statfsSync(inMemory)
    return bavail * bsize > enoughBytes
  } catch {
    return false
  }
}
