/** A card with the states worth looking at. */
import type { Reader } from '../reader.ts'
import type { RenderedCard } from '../render.ts'
import type { CardName } from '../templates.ts'
import type { SampleWorld } from './world.ts'

export type Draw = (reader: Reader, world: SampleWorld) => RenderedCard

export type Row = { readonly name: CardName; readonly samples: Readonly<Record<string, Draw>> }
