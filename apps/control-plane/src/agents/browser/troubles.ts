import type { Seen } from "./browser.ts"

const shownMax = 8

/**
 * What is wrong with a page that was only opened, one line each; none when it loads as it should.
 * An answer that somebody has to sign in first is none.
 */
export function troublesOf(seen: Omit<Seen, "picture">): string[] {
  const { status, notLoaded, blank } = seen
  const lines = [
    ...(notLoaded === undefined ? [] : [notLoaded]),
    ...(status !== null && isWrong(status) ? [`The page answered ${status}.`] : []),
    ...seen.errors.map((text) => `Uncaught error: ${text}`),
    ...seen.failedRequests.map(
      ({ method, url, why }) => `Failed request: ${method} ${url}: ${why}`,
    ),
    ...seen.console.flatMap(({ level, text }) => (level === "error" ? [`Console: ${text}`] : [])),
    ...(blank && notLoaded === undefined ? ["The page is blank: nothing is on it."] : []),
  ]
  const more = lines.length - shownMax
  return more > 0 ? [...lines.slice(0, shownMax), `… and ${more} more.`] : lines
}

/** Whether a status is one that a page which works would not get. */
export const isWrong = (status: number) => status >= 400 && status !== 401 && status !== 403
