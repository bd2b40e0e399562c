import type { Log } from "@vibecaas/kernel/log"
import type { Offer } from "./leases.ts"

/**
 * Carries offers of turns from the process that found a key due to one that has room for it.
 *
 * It may lose an offer, repeat it or deliver it late: the rows decide, and unanswered offers are
 * made again. It should not repeat an offer (same key, same fence) that is still queued.
 */
export interface QueueBackend {
  /** shown in logs and status, e.g. `postgres` */
  readonly name: string
  offer(loop: string, offers: Offer[]): Promise<void>
  /** starts taking offers; the promise of `handle` occupies one of `concurrency` places */
  work(options: WorkOptions): QueueWorker
  /** after every worker is closed */
  close(): Promise<void>
}

export interface WorkOptions {
  loop: string
  concurrency: number
  log: Log
  handle(key: string): Promise<void>
}

export interface QueueWorker {
  /** takes no more offers; resolves when those at work have ended */
  close(): Promise<void>
}
