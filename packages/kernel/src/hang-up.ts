import type { Duplex } from "node:stream"

/** What the other side gets to read our last words and to close its own side, in `ms`. */
const lingerMs = 2_000

/**
 * Ends a socket that nobody will read any more, so that its descriptor is free at the latest 2 s
 * after the last words, whatever the other side does.
 *
 * A socket that is only ended stays for ever when bytes that came late lie unread before the other
 * side's end; one that is destroyed at once takes its last words with it.
 */
export function hangUp(socket: Duplex, lastWords?: string): void {
  if (socket.destroyed) return
  const late = setTimeout(() => socket.destroy(), lingerMs)
  socket.once("close", () => clearTimeout(late))
  socket.resume()
  socket.end(lastWords)
}
