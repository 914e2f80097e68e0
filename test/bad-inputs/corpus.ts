/** What nobody should send and somebody will: texts and values, from a fixed list and made at random from a seed. */
import fc from 'fast-check'

/** Names that every object of JavaScript has without being given them, and some that promises and JSON look for. */
const words = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  'then',
  'toJSON',
  'length',
]

// biome-ignore format: a list is read in one look
const short: readonly string[] = [
  // Characters and scripts
  '', ' ', '\n', '\t', '\0', '\u0001', '\u001b[31m', '\u007f', '\u0085', '\u2028', '\ufeff', '\ufffe', '\ud800', '\udc00x',
  'שלום (1) مرحبا', '\u202egnp.exe\u202c', '\u2067\u2066', '👩‍👩‍👧‍👦🇨🇳🏴‍☠️', '𠀀𪚥', 'ｈｏｍｅ', '\u200b\u200d\u00ad', '\u{e0041}\u{e007f}', 'ﷺ', 'İıſß',
  // Markup and templates
  '**b** _i_ ~~s~~ `c`', '[x](javascript:alert(1))', '![x](http://127.0.0.1/x.png)', '# h\n> q\n- l\n1. n', '<script>alert(1)</script>',
  '<at>Carla</at>', '&lt;b&gt;&amp;&nbsp;', ']]>', '<!--', '${x}', '${t.heading}', '$${y}}', '${$root.t}', '${rs:x}', '{', '}',
  '{x, plural, other {#}}', "'{'", '{{DATE(2026-01-01T00:00:00Z, SHORT)}}', '{{{TIME(x)}}}', '#{x}', '%s %n', '\ue000 \ue0001',
  // Days of all calendars, zones, languages, numbers
  '2026-02-30', '0000-00-00', '-271821-04-20', '+275760-09-13', '9999-12-31', '0001-01-01', '2026-W48-1', '2026-327', '令和8年11月23日',
  '1447-06-02', '٢٠٢٦-١١-٢٣', '２０２６-１１-２３', '31.11.2026', '29.2.', '2026-11-23T25:61', 'tomorrow', '昨天',
  'Europe/Berlin', 'eUROPE/bERLIN', 'China Standard Time', '+25:00', 'Etc/GMT+99', 'Mars/Olympus', 'UTC\0',
  'en', 'zh-Hant-TW', 'de', 'i-klingon', 'x-private', 'en-US-u-ca-islamic', '*', '-', 'zh_CN', 'EN-',
  'NaN', 'Infinity', '-0', '-1', '1.5', '1e309', '0x10', '٣', '９', '1_000', '100', '9007199254740993',
  // Words of JavaScript, of other languages, of addresses
  ...words, "'; DROP TABLE documents; --", '{"$ne":null}', '../../etc/passwd', 'a/b\\c?d#e', '%00%2e%2e', '\r\nSet-Cookie: a=b',
  // Our own
  'spring', 'demo', 'none', 'home', 'help', 'HOME!!!', 'plan', 'plan ;;;;', 'plan a; b; c; 30.2.', 'edit 999; x', 'record 1; 9999-99-99; 9',
  'choose 1 1', 'choose best 99', 'question 0', 'question 99', 'submit best', 'withdraw', 'read ', 'progress __proto__', '第16题', '提交',
  '1. a\n2. b\n3. c', 'settings', 'cancel 1',
]

// biome-ignore format: a list is read in one look
const long: readonly string[] = [
  'x'.repeat(4_000), 'x'.repeat(4_001), '"'.repeat(4_000), '\u0001'.repeat(4_000), '😀'.repeat(2_000), '\n'.repeat(4_000), '{'.repeat(4_000),
  'Z\u0301\u0302\u0303'.repeat(900), 'e'.repeat(300), '1. a\n'.repeat(2_000), '\ud83d'.repeat(30_000),
  // Made to take long
  `${'!'.repeat(100_000)}x`, `${' '.repeat(100_000)}x`, `plan ${'; '.repeat(50_000)}`, `home${'.'.repeat(100_000)}?`, 'ﷺ'.repeat(50_000),
]

export const texts = [...short, ...long]

/** Any text: one of the list, several of it, or any code units at all. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...texts) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...short), { maxLength: 5 }).map(parts => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
      .map(units => String.fromCharCode(...units)),
  },
)

/** Left out of what is sent, unlike null. */
const absent = fc.constant(undefined)

const deep: unknown = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`)
const poisoned: unknown = JSON.parse('{"__proto__":{"role":"coach"},"constructor":{"prototype":{"x":1}},"toString":1}')
// biome-ignore format: a list is read in one look
const odd = [null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, [], {}, [[]], [null], ['x'], { value: 'x' }, deep, poisoned]

/** Any value JSON can say, or nothing. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...odd) },
  { weight: 2, arbitrary: anyText },
  { weight: 1, arbitrary: absent },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
)

/** A field's name: one that means something, one that means something to JavaScript, or any. */
export function anyName(known: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constantFrom(...words) },
    fc.string(),
  )
}

/** Whole bodies that no activity looks like. */
export const bodies: readonly string[] = [
  '',
  'null',
  '[]',
  '{}',
  '7',
  '"x"',
  'NaN',
  '{"type":"message"}',
  '{"type":"invoke"}',
  '{"type":"invoke","name":"adaptiveCard/action"}',
  '{"type":"invoke","name":"adaptiveCard/action","value":{"action":{"verb":"home"}}}',
  '{"type":"message","type":"invoke","name":"task/fetch"}',
  '{"type":"message","id":1e999}',
  '{"type":"\\ud800"}',
  '{"type":["message"]}',
  '{"type":{"toString":1}}',
  '\ufeff{"type":"message"}',
  "{'type':'message'}",
  '{"type":"message",}',
  `{"type":"message","text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  `{"type":"invoke","name":"adaptiveCard/action","value":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}}`,
  `{${'"a":1,'.repeat(30_000)}"type":"message"}`,
  `{"type":"message","text":"${'x'.repeat(1_000_000)}"}`,
  `{"type":"message","entities":[${'{},'.repeat(60_000)}{}]}`,
]
