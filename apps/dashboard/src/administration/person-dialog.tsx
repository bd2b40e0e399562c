"use client"
import { useMutation } from "@tanstack/react-query"
import type { PlatformPerson, PlatformPersonDetail } from "@vibecaas/contract/kinds/administration"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { Refusal } from "../form/refusal.tsx"
import { useSession } from "../shell/session.tsx"
import { agentInWords } from "../tenants/agent-words.ts"
import { Button } from "../ui/button.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Note } from "../ui/note.tsx"
import { Properties, Property } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { useToast } from "../ui/toast.tsx"
import { enablePerson, endSessions, sendReset, usePerson } from "./queries.ts"
import { DisablePerson, LookAs } from "./reason-forms.tsx"

interface PersonDialogProps {
  person: PlatformPerson
  open: boolean
  onClose(): void
}

/** One person: where they belong and are signed in, and what can be done for or against them. */
export function PersonDialog({ person, open, onClose }: PersonDialogProps) {
  return (
    <Dialog wide open={open} onClose={onClose} title={person.name}>
      {open ? <Opened userId={person.id} onClose={onClose} /> : null}
    </Dialog>
  )
}

function Opened({ userId, onClose }: { userId: string; onClose(): void }) {
  const person = usePerson(userId)
  const [asked, setAsked] = useState<"disable" | "look">()
  return (
    <ReadBody
      of={person}
      failed="The person could not be loaded"
      skeleton={<SkeletonLines what="person" />}
    >
      {(data) => {
        if (asked === "disable")
          return <DisablePerson person={data} onDone={() => setAsked(undefined)} />
        if (asked === "look") return <LookAs person={data} onDone={() => setAsked(undefined)} />
        return (
          <>
            <Facts person={data} />
            <Acts person={data} onAsk={setAsked} />
            <div className="-mx-5 -mb-5 flex justify-end border-t border-line px-5 py-3">
              <Button onClick={onClose}>Close</Button>
            </div>
          </>
        )
      }}
    </ReadBody>
  )
}

function Facts({ person }: { person: PlatformPersonDetail }) {
  const { disabled } = person
  return (
    <>
      {disabled ? (
        <Note tone="bad" title="Disabled.">
          By {disabled.byName}, <RelativeTime at={disabled.at} />: {disabled.reason}
        </Note>
      ) : null}
      <div className="-mx-4">
        <Properties>
          <Property name="Address">{person.email}</Property>
          <Property name="Id">
            <CopyId id={person.id} noun="id" />
          </Property>
          <Property name="Joined">
            <RelativeTime at={person.createdAt} />
          </Property>
          <Property name="Belongs to">
            {person.memberOf.length === 0
              ? "no organization"
              : person.memberOf.map(({ id, name, role }) => (
                  <span key={id} className="w-full">
                    {name} <span className="text-fg-3">as {role}</span>
                  </span>
                ))}
          </Property>
          <Property name="Signed in">
            {person.signedIn.length === 0
              ? "nowhere"
              : person.signedIn.map(({ id, ip, userAgent, createdAt, impersonatedBy }) => (
                  <span key={id} className="w-full">
                    {impersonatedBy ? `${impersonatedBy} looks as them, ` : ""}
                    {agentInWords(userAgent)}{" "}
                    <span className="text-fg-3">
                      from {ip || "an unknown address"}, <RelativeTime at={createdAt} />
                    </span>
                  </span>
                ))}
          </Property>
        </Properties>
      </div>
    </>
  )
}

interface ActsProps {
  person: PlatformPersonDetail
  onAsk(what: "disable" | "look"): void
}

function Acts({ person, onAsk }: ActsProps) {
  const { me } = useSession()
  const say = useToast()
  const [end, mail, enable] = [
    useMutation(endSessions),
    useMutation(sendReset),
    useMutation(enablePerson),
  ]
  const sent = { params: { userId: person.id }, body: {} }
  const refused = [end, mail, enable].find(({ error }) => error)?.error
  const own = me.id === person.id ? "This is you." : undefined
  const noLook = person.platformAdmin
    ? "Nobody looks as another administrator."
    : person.disabled
      ? "They are disabled."
      : undefined
  return (
    <>
      <Refusal problem={refused ? problemOf(refused) : undefined} />
      <div className="flex flex-wrap gap-2">
        <Button off={own ?? noLook} onClick={() => onAsk("look")}>
          Look as them
        </Button>
        <Button
          busy={mail.isPending ? "Sending" : undefined}
          onClick={() =>
            mail.mutate(sent, {
              onSuccess: ({ sentTo }) =>
                say({
                  glyph: "done",
                  title: `A link to a new password is on its way to ${sentTo}`,
                }),
            })
          }
        >
          Send link to a new password
        </Button>
        <Button
          off={person.signedIn.length === 0 ? "They are signed in nowhere." : undefined}
          busy={end.isPending ? "Ending" : undefined}
          onClick={() => end.mutate(sent)}
        >
          End all sessions
        </Button>
        {person.disabled ? (
          <Button
            busy={enable.isPending ? "Enabling" : undefined}
            onClick={() => enable.mutate(sent)}
          >
            Enable
          </Button>
        ) : (
          <Button kind="bad-quiet" off={own} onClick={() => onAsk("disable")}>
            Disable
          </Button>
        )}
      </div>
    </>
  )
}
