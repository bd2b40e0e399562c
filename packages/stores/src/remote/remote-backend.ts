import { fault } from "@vibecaas/kernel/fault"
import type { z } from "zod"
import type { BackupRef, StoreBackend } from "../backend.ts"
import { openListening } from "../open-listening.ts"
import { packBackup, sendBackup } from "../reachable.ts"
import { type Channel, newsMessage, replyMessage, type Verb, verbs } from "./messages.ts"

type Asks<V extends Verb> = z.input<(typeof verbs)[V]["asks"]>
type Answers<V extends Verb> = z.output<(typeof verbs)[V]["answers"]>
type Call = <V extends Verb>(verb: V, ...asks: Asks<V>) => Promise<Answers<V>>

/**
 * A backend behind a channel on the same host, used as if it were ours. Streams do not pass through the
 * messages: they go straight to each process.
 */
export function remoteBackend(channel: Channel): StoreBackend {
  const call = makeCaller(channel)
  return {
    name: "local",
    probe: () => call("probe"),
    prepare: (what) => call("prepare", what),
    ensure: (release, processes) => call("ensure", release, processes),
    look: (storeId, options) => (options ? call("look", storeId, options) : call("look", storeId)),
    exec: (release, hook) => call("exec", release, hook),
    history: (storeId) => call("history", storeId),
    rollback: (release, revision) => call("rollback", release, revision),
    connect: async (storeId, process) => openListening(await call("reach", storeId, process)),
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

function makeCaller(channel: Channel): Call {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let last = 0
  let open = true
  channel.onMessage((message) => {
    const reply = replyMessage.safeParse(message)
    if (!reply.success) return
    const call = waiting.get(reply.data.storeReply)
    waiting.delete(reply.data.storeReply)
    if (reply.data.ok) return call?.resolve(reply.data.value)
    const { code, say, note, retryable, fields } = reply.data.fault
    call?.reject(
      fault(code, {
        ...{ say, retryable },
        ...(note === undefined ? {} : { note }),
        ...(fields === undefined ? {} : { fields }),
      }),
    )
  })
  channel.onClose(() => {
    open = false
    for (const call of waiting.values()) call.reject(gone())
    waiting.clear()
  })
  return async (verb, ...asks) => {
    if (!open) throw gone()
    const call = Promise.withResolvers<unknown>()
    last += 1
    waiting.set(last, call)
    channel.send({ storeCall: last, verb, asks })
    // Parsed by the schema of this very verb, which the compiler cannot follow.
    return verbs[verb].answers.parse(await call.promise) as Answers<typeof verb>
  }
}

const gone = () =>
  fault("launcher_gone", {
    say: "The part of the platform that runs stores has stopped. Restart the platform.",
    retryable: true,
  })
