import { AsyncLocalStorage } from "node:async_hooks"
import type { EventEmitter } from "node:events"

const outside = new AsyncLocalStorage<string>()

/**
 * Marks everything that `work` sets in motion, however late, as asked for from outside.
 *
 * @param who what a log calls it, e.g. `GET /projects`
 */
export function fromOutside<T>(who: string, work: () => T): T {
  return outside.run(who, work)
}

/** Marks what the events of a socket set in motion: they come from the network, in no call of ours. */
export function eventsFromOutside(who: string, socket: EventEmitter): void {
  const emit = socket.emit
  socket.emit = (...event) => fromOutside(who, () => emit.apply(socket, event))
}

/** Who set the code that runs at this moment in motion; undefined for work of our own. */
export function whoFromOutside(): string | undefined {
  return outside.getStore()
}
