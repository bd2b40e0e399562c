import { isFault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import type { Watched } from "./ecosystem.ts"

/** Work of this process that several may wait for: one at a time under each key. */
export interface Jobs {
  /** Begins a job, or joins the one that is under way. */
  begin(key: string, work: (watched: JobWatch) => Promise<void>): Job
  find(key: string): Job | undefined
  /** whether anything is under way */
  busy(): boolean
  /** Takes a failed job away, so that it may be tried again. */
  forget(key: string): void
  close(): void
}

export interface JobWatch extends Watched {
  /** what is being done, in words */
  tell(doing: string): void
  /** Waits for another job: meanwhile this one does and prints what that one does. @throws what it throws */
  join(job: Job): Promise<void>
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
    busy: () => [...jobs.values()].some(({ failure }) => failure === undefined),
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
  let joined: Job | undefined
  let failure: string | undefined
  let text = ""
  const print = (more: string) => {
    text = (text + more).slice(-logCharsMax)
  }
  const tell = (told: string) => {
    doing = told
    print(`--- ${told}\n`)
  }
  const join = async (job: Job) => {
    joined = job
    try {
      await job.done
    } finally {
      joined = undefined
      print(job.log())
    }
  }
  const done = work({ signal, print, tell, join }).catch((error) => {
    failure = isFault(error) ? error.say : "The platform had an unexpected problem. Try again."
    throw error
  })
  return {
    get doing() {
      return joined?.doing ?? doing
    },
    get failure() {
      return failure
    },
    log: () => text + (joined?.log() ?? ""),
    done,
  }
}
