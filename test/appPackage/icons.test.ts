/** The icons, read from the files that go into the package: no schema looks at them, Teams does. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accentColor, icons } from '../../appPackage/icons.ts'
import manifest from '../../appPackage/manifest.json' with { type: 'json' }
import { type Picture, png, read } from '../../appPackage/png.ts'

const pictures = join(import.meta.dirname, '../../appPackage')
const picture = (name: string) => read(readFileSync(join(pictures, name)))

function* pixelsOf({ pixels }: Picture): Generator<[number, number, number, number]> {
  for (let at = 0; at < pixels.length; at += 4) {
    const [r = 0, g = 0, b = 0, a = 0] = pixels.subarray(at, at + 4)
    yield [r, g, b, a]
  }
}

describe('icons', () => {
  it('are as large as Teams asks, and named in the manifest', () => {
    const { width, height } = picture(manifest.icons.color)
    assert.deepEqual([width, height], [192, 192])
    const outline = picture(manifest.icons.outline)
    assert.deepEqual([outline.width, outline.height], [32, 32])
  })

  it('has an outline of white alone on nothing', () => {
    const drawn = [...pixelsOf(picture('outline.png'))]
    assert.deepEqual(
      drawn.filter(([r, g, b]) => r + g + b !== 3 * 255),
      [],
    )
    const share = drawn.filter(([, , , alpha]) => alpha > 127).length / drawn.length
    assert.ok(share > 0.1 && share < 0.5, `${share} of it is white`)
    assert.ok(drawn.filter(([, , , alpha]) => alpha === 0).length > drawn.length / 2)
  })

  it('has a colour icon without holes, its ground in the accent colour', () => {
    const drawn = [...pixelsOf(picture('color.png'))]
    assert.ok(drawn.every(([, , , alpha]) => alpha === 255))
    assert.equal(manifest.accentColor, accentColor)
    const ground = `#${Buffer.from(drawn[0]?.slice(0, 3) ?? []).toString('hex')}`
    assert.equal(ground.toUpperCase(), accentColor)
  })

  for (const [name, draw] of Object.entries(icons)) {
    it(`keeps ${name} as it is drawn`, () => {
      assert.deepEqual(picture(name), read(draw()), 'draw it anew: npm run package:icons')
    })
  }

  it('reads pictures as it writes them', () => {
    const pixels = Uint8Array.from({ length: 4 * 9 }, (_, i) => (i * 37) % 256)
    assert.deepEqual(read(png(pixels, 3)), { width: 3, height: 3, pixels })
    assert.throws(() => read(Buffer.from('GIF89a and so on')), /Not a PNG/)
  })
})
