/**
 * The app's sign: an open notebook and a speech mark. Drawn here and not in a drawing program, so that whoever changes it
 * sees what was changed. `npm run package:icons` writes both files; they are kept in the repository.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { png } from './png.ts'

/** Whether a point lies in it; the sign is 192 units wide and high. */
type Shape = (x: number, y: number) => boolean
type Point = readonly [x: number, y: number]
/** `undefined` takes away what lies below. */
type Layer = { readonly shape: Shape; readonly colour: readonly [r: number, g: number, b: number] | undefined }

const petrol = [14, 84, 96] as const
const white = [255, 255, 255] as const
const shade = [219, 234, 236] as const
const amber = [246, 184, 66] as const

/** The colour behind the sign, as the manifest must have it. */
export const accentColor = `#${petrol.map(part => part.toString(16).padStart(2, '0')).join('')}`.toUpperCase()

/** From the spine outwards and back: the upper edge swings, the lower one the same way. `side` is -1 for the left page. */
function page(side: -1 | 1, spine: number): Point[] {
  const x = (out: number) => 96 + side * out
  const upper = curve([x(spine), 88], [x(30), 68], [x(66), 76])
  const lower = curve([x(66), 142], [x(30), 134], [x(spine), 154])
  return [...upper, ...lower]
}

/** A quadratic curve as points. */
function curve([x0, y0]: Point, [x1, y1]: Point, [x2, y2]: Point): Point[] {
  return Array.from({ length: 25 }, (_, i) => {
    const t = i / 24
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2]
    return [a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2]
  })
}

function filled(points: readonly Point[]): Shape {
  const lines = edges(points)
  const [left, right] = range(points.map(([x]) => x))
  const [upper, lower] = range(points.map(([, y]) => y))
  return (x, y) => {
    if (x < left || x > right || y < upper || y > lower) return false
    let inside = false
    for (const [[x0, y0], [x1, y1]] of lines) {
      if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside
    }
    return inside
  }
}

/** A line of that width along the points, closed. */
function stroked(points: readonly Point[], width: number): Shape {
  const lines = edges(points)
  return (x, y) => lines.some(([from, to]) => distance(x, y, from, to) <= width / 2)
}

function range(numbers: readonly number[]): [number, number] {
  return [Math.min(...numbers), Math.max(...numbers)]
}

function edges(points: readonly Point[]): [Point, Point][] {
  return points.map((point, i) => [point, points[(i + 1) % points.length] ?? point])
}

function distance(x: number, y: number, [x0, y0]: Point, [x1, y1]: Point): number {
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length))
  return Math.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0))
}

/** A speech mark round (130, 60), grown on all sides by `by`. */
function bubble(by: number): Shape {
  const tail = filled([
    [112 - by, 72],
    [132 + by, 72],
    [110 - by * 1.3, 101 + by * 1.9],
  ])
  return (x, y) => {
    const corner = Math.hypot(Math.max(Math.abs(x - 130) - 17, 0), Math.max(Math.abs(y - 60) - 7, 0))
    return corner <= 17 + by || tail(x, y)
  }
}

const line = (y: number, length: number): Shape => {
  return (x, at) => distance(x, at, [44, y], [44 + length, y + length * 0.06]) <= 3.5
}

const colour: readonly Layer[] = [
  { shape: () => true, colour: petrol },
  { shape: filled(page(-1, 2)), colour: white },
  { shape: filled(page(1, 2)), colour: shade },
  { shape: line(95, 36), colour: petrol },
  { shape: line(109, 36), colour: petrol },
  { shape: line(123, 22), colour: petrol },
  { shape: bubble(6), colour: petrol },
  { shape: bubble(0), colour: amber },
]

/** For 32 pixels everything is larger and nothing is filled but the white of the lines. */
const larger =
  (shape: Shape): Shape =>
  (x, y) =>
    shape((x - 96) / 1.36 + 96, (y - 96) / 1.36 + 99)

const outline: readonly Layer[] = [
  { shape: larger(stroked(page(-1, 0), 9)), colour: white },
  { shape: larger(stroked(page(1, 0), 9)), colour: white },
  { shape: larger(bubble(8)), colour: undefined },
  { shape: larger(bubble(0)), colour: white },
  { shape: larger(bubble(-8.5)), colour: undefined },
]

/** RGBA, row by row; each pixel is the mean of 25 points in it. */
export function draw(layers: readonly Layer[], size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 4)
  const points = 5
  for (let at = 0; at < size * size; at++) {
    const sum = [0, 0, 0]
    let covered = 0
    for (let n = 0; n < points * points; n++) {
      const x = ((at % size) + ((n % points) + 0.5) / points) * (192 / size)
      const y = (Math.floor(at / size) + (Math.floor(n / points) + 0.5) / points) * (192 / size)
      const top = layers.findLast(layer => layer.shape(x, y))?.colour
      if (!top) continue
      covered++
      for (const part of [0, 1, 2] as const) sum[part] = (sum[part] ?? 0) + top[part]
    }
    const mean = sum.map(part => (covered ? Math.round(part / covered) : 255))
    pixels.set([...mean, Math.round((covered * 255) / points ** 2)], at * 4)
  }
  return pixels
}

/** By file name. The sizes are Teams' own. */
export const icons = {
  'color.png': () => png(draw(colour, 192), 192),
  'outline.png': () => png(draw(outline, 32), 32),
} as const

if (import.meta.main) {
  for (const [name, drawn] of Object.entries(icons)) writeFileSync(join(import.meta.dirname, name), drawn())
}
