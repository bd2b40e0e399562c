import { isFault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import type { Watched } from "./install.ts"

/** Work of this process that several may wait for: one at a time under each key. */
export interface Jobs {
  /** Begins a job, or joins the one that is under way. */
  begin(key: string, work: (watched: JobWatch) => Promise<void>): Job
  find(key: string): Job | undefined
  /** Takes a failed job away, so that it may be tried again. */
  forget(key: string): void
  close(): void
}

export interface JobWatch extends Watched {
  /** what is being done, in words */
  tell(doing: string): void
}

export interface Job {
  /** what is being done, in words */
  readonly doing: string
  /** a sentence; absent while it works */
  readonly failure: string | undefined
  /** the end of what was printed */
  log(): string
  /** @throws what the work threw */
  readonly done: Promise<void>
}

const logCharsMax = 64 * 1024

export function makeJobs({ log }: { log: Log }): Jobs {
  const jobs = new Map<string, Job>()
  const over = new AbortController()
  return {
    find: (key) => jobs.get(key),
    forget(key) {
      if (jobs.get(key)?.failure !== undefined) jobs.delete(key)
    },
    begin(key, work) {
      const known = jobs.get(key)
      if (known && known.failure === undefined) return known
      const job = startJob(work, over.signal)
      jobs.set(key, job)
      job.done.then(
        () => {
          if (jobs.get(key) === job) jobs.delete(key)
        },
        (error) => {
          if (!isFault(error)) log.error({ err: error, key }, "packages could not be prepared")
        },
      )
      return job
    },
    close: () => over.abort(),
  }
}

function startJob(work: (watched: JobWatch) => Promise<void>, signal: AbortSignal): Job {
  let doing = "Preparing packages"
  let failure: string | undefined
  let text = ""
  const print = (more: string) => {
    text = (text + more).slice(-logCharsMax)
  }
  const tell = (now: string) => {
    doing = now
    print(`--- ${now}\n`)
  }
  const done = work({ signal, print, tell }).catch((error) => {
    failure = isFault(error) ? error.say : "The platform had an unexpected problem. Try again."
    throw error
  })
  return {
    get doing() {
      return doing
    },
    get failure() {
      return failure
    },
    log: () => text,
    done,
  }
}
