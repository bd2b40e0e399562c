import { z } from "zod"

/** A prefix and a UUIDv7 in Crockford base 32: typed, and sortable by time. */
export const idOf = <Prefix extends string>(prefix: Prefix, noun: string) =>
  z
    .templateLiteral(
      [`${prefix}_`, z.string().regex(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/)],
      `not the id of ${noun}`,
    )
    .meta({ description: `id of ${noun}`, examples: [`${prefix}_01k9x3v8hde8r8z6h3gk5c2v9w`] })

/** People's ids come from the sign-in library and have no prefix of ours. */
export const userId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** The form of one kind of id. */
export type IdSchema = ReturnType<typeof idOf>

/** A point in time, ISO 8601 in UTC with milliseconds. */
export const instant = z.iso
  .datetime({ offset: false })
  .meta({ examples: ["2026-01-31T12:00:00.000Z"] })
