import { type Channel, makeCaller, type Wire } from "@vibecaas/kernel/calls"
import { fault } from "@vibecaas/kernel/fault"
import type { z } from "zod"
import type { BackupRef, StoreBackend } from "../backend.ts"
import { openListening } from "../open-listening.ts"
import { packBackup, sendBackup } from "../reachable.ts"
import { newsMessage, replyMessage, type Verb, verbs } from "./messages.ts"

type Asks<V extends Verb> = z.input<(typeof verbs)[V]["asks"]>
type Answers<V extends Verb> = z.output<(typeof verbs)[V]["answers"]>
type Call = <V extends Verb>(verb: V, ...asks: Asks<V>) => Promise<Answers<V>>

/**
 * A backend behind a channel on the same host, used as if it were ours. Streams do not pass through the
 * messages: they go straight to each process.
 */
export function remoteBackend(channel: Channel): StoreBackend {
  const call = callerOf(channel)
  return {
    name: "local",
    probe: () => call("probe"),
    prepare: (what) => call("prepare", what),
    ensure: (release, processes) => call("ensure", release, processes),
    ensureBeside: (release) => call("ensureBeside", release),
    endBeside: (storeId) => call("endBeside", storeId),
    look: (storeId, options) => (options ? call("look", storeId, options) : call("look", storeId)),
    exec: (release, hook) => call("exec", release, hook),
    history: (storeId) => call("history", storeId),
    rollback: (release, revision) => call("rollback", release, revision),
    connect: async (storeId, process, of) =>
      openListening(await call("reach", storeId, process, ...(of ? [of] : []))),
    logs: (storeId, of) => call("logs", storeId, of),
    backup: (release, backupId) => call("backup", release, backupId),
    backups: (storeId) => call("backups", storeId),
    restore: (release, ref) => call("restore", release, named(ref)),
    readBackup: async (ref) => packBackup(await call("reachBackup", named(ref))),
    writeBackup: (ref, archive) =>
      sendBackup(
        {
          reachInbox: (of) => call("reachInbox", named(of)),
          adoptBackup: (of) => call("adoptBackup", named(of)),
        },
        { ref, archive },
      ),
    removeBackup: (ref) => call("removeBackup", named(ref)),
    destroy: (storeId) => call("destroy", storeId),
    list: () => call("list"),
    hear: (told) =>
      channel.onMessage((message) => {
        const news = newsMessage.safeParse(message)
        if (news.success) told(news.data.storeNews)
      }),
    // The launcher's to end.
    close: async () => {},
  }
}

/** Callers hand over whole backups, which name one too; the other end takes nothing but its name. */
const named = ({ storeId, backupId }: BackupRef): BackupRef => ({ storeId, backupId })

interface Asked {
  verb: Verb
  asks: readonly unknown[]
}

const wire: Wire<Asked> = {
  message: (storeCall, asked) => ({ storeCall, ...asked }),
  reply(message) {
    const { success, data } = replyMessage.safeParse(message)
    return success ? { ...data, call: data.storeReply } : undefined
  },
  gone: () => gone(),
}

function callerOf(channel: Channel): Call {
  const ask = makeCaller(channel, wire)
  // Parsed by the schema of this very verb, which the compiler cannot follow.
  return async (verb, ...asks) =>
    verbs[verb].answers.parse(await ask({ verb, asks })) as Answers<typeof verb>
}

const gone = () =>
  fault("launcher_gone", {
    say: "The part of the platform that runs stores has stopped. Restart the platform.",
    retryable: true,
  })
