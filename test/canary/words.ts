/**
 * Canaries: a word of its own for each text that anybody types and each id that comes from outside. They are bare words of
 * letters, which is what a log that is careful about sentences, numbers and ids would let through most easily.
 */

/**
 * What becomes of it: it lies in the store at the end; its writer has it back on a card; it is sent, and nothing more is
 * promised; or the bot is told it by a store, a connector or a file.
 */
export type Fate = 'stored' | 'givenBack' | 'sent' | 'heard'

export type Words = ReturnType<typeof createWords>

/** Every canary begins with it; also a part that was cut off would be found. */
const stem = 'Qvyxka'
const end = 'zz'
/** The same for ids that have to be GUIDs. */
const guidStem = 'ca9a7b1d-feed-4000-8000'

export const canary = new RegExp(
  `${stem}([a-z]{0,48}?)(?:${end}|(?![a-z]))|${guidStem.replaceAll('-', '-?')}-?([0-9a-f]{0,12})`,
  'gi',
)

export function createWords() {
  const fates = new Map<string, Fate>()
  const names = new Map<string, string>()

  function word(name: string, fate: Fate = 'stored'): string {
    if (!/^[A-Z][A-Za-z]{2,40}$/.test(name) || name.includes(end)) throw new Error(`No name for a canary: ${name}`)
    fates.set(name, fate)
    names.set(name.toLowerCase(), name)
    return `${stem}${name}${end}`
  }

  function guid(name: string, fate: Fate = 'stored'): string {
    const number = fates.size.toString(16).padStart(12, '0')
    fates.set(name, fate)
    names.set(number, name)
    return `${guidStem}-${number}`
  }

  return {
    word,
    guid,
    /** The word among signs that are written otherwise in JSON, in addresses and in byte orders. */
    odd: (name: string, fate?: Fate) => `鹦"\\“é${word(name, fate)}🙂 鹉`,
    fates,
    /** What was found by its name; with a question mark when it is not whole, or none of ours. */
    named: (found: string): string => names.get(found.toLowerCase()) ?? `${found}?`,
  }
}
