/** How the rooms tell the log what happened: an event's name and plain facts, never a word anybody wrote. */
export type Report = (event: string, fields: Readonly<Record<string, string | number | boolean | undefined>>) => void
