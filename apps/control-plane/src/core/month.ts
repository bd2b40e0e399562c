/** The first moment of a month (UTC). */
export const monthOf = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1))

export const monthAfter = (at: Date) =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))

/** "1 December (UTC)" */
export const dayInWords = (day: Date) =>
  `${day.toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "UTC" })} (UTC)`
