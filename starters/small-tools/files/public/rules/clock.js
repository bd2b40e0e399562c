// A clock for one or two: what is left to whom, in milliseconds, and whose time runs since when.

export const newClock = (lefts) => ({ lefts, runs: undefined, since: 0 })

/** What is left to somebody now; never below 0. */
export const leftOf = ({ lefts, runs, since }, who, now) =>
  Math.max(0, lefts[who] - (runs === who ? now - since : 0))

/** The same clock with nobody's time running. */
export const paused = (clock, now) => newClock(clock.lefts.map((_, who) => leftOf(clock, who, now)))

/** The same clock with somebody's time running. */
export const running = (clock, who, now) => ({ ...paused(clock, now), runs: who, since: now })

/** 90,000 is "1:30"; a second that has begun counts whole. */
export function timeText(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}
