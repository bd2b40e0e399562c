/** One month in UTC: its first instant, the next one's, and its name. */
export interface Month {
  from: string
  to: string
  name: string
}

const nameOf = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" })

/** The newest `count` months, oldest first, the one of `now` included. */
export function monthsUntil(now: number, count: number): Month[] {
  const [year, month] = [new Date(now).getUTCFullYear(), new Date(now).getUTCMonth()]
  return Array.from({ length: count }, (_, at) => {
    const back = count - 1 - at
    const from = Date.UTC(year, month - back, 1)
    const to = Date.UTC(year, month - back + 1, 1)
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      name: nameOf.format(from),
    }
  })
}
