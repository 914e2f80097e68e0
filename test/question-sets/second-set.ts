/**
 * Loaded before anything else (`node --import`), it adds a second question set to the one that ships: logs of different
 * sets can then be walked through, and no set of a test's can come into the product.
 */
import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'

/** Three questions, so that nothing fits by chance what counts sixteen. */
const set = `{ id: 'second-log@1', questions: [1, 2, 3].map(no => ({
  en: 'Second set, question ' + no, 'zh-CN': '第二套，问题' + no, hint: { en: 'A hint.', 'zh-CN': '提示。' } })) }`
const list = 'const sets = [leadershipLearningLog1]'

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!url.endsWith('/src/domain/logs/questions.ts')) return loaded
    const source = String(loaded.source)
    assert.ok(source.includes(list), 'the list of sets is written another way now')
    return { ...loaded, source: source.replace(list, `${list.slice(0, -1)}, ${set}]`) }
  },
})
