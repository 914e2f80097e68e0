/** The people of the demo. Their ids are made up; a Playground shows Teams as one of them sees it. */
import type { Person } from './playground.ts'

export const anna = {
  id: 'a0000000-0000-4000-8000-000000000001',
  name: 'Anna Berger',
  timeZone: 'Europe/Berlin',
} satisfies Person

export const carla = {
  id: 'c0000000-0000-4000-8000-000000000002',
  name: 'Carla Conti',
  timeZone: 'Europe/Berlin',
} satisfies Person

export const leo = {
  id: 'b0000000-0000-4000-8000-000000000003',
  name: 'Leo Lang',
  timeZone: 'Europe/Berlin',
} satisfies Person

export const everyone: Person[] = [anna, carla, leo]
