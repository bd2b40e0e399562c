"use client"
import { useQuery } from "@tanstack/react-query"
import type { Mail } from "@vibecaas/contract/kinds/mails"
import { useState } from "react"
import { read } from "../api/read.ts"
import { Button } from "../ui/button.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { State, type StateLook } from "../ui/state.tsx"

const looks: Record<Mail["state"], StateLook> = {
  waiting: { glyph: "wait", word: "Waiting" },
  sent: { glyph: "done", word: "Sent" },
  simulated: { glyph: "paused", word: "Simulated" },
  failed: { glyph: "bad", word: "Failed" },
}

/** What the platform wrote to people. It is read when somebody asks for it, which goes on record. */
export function MailsPanel() {
  const [asked, setAsked] = useState(false)
  return (
    <Panel title="Mail">
      {asked ? (
        <Mails />
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3 p-4">
          <p className="max-w-[60ch] text-13 text-fg-2">
            Invitations and links to new passwords of the last seven days. They open what they are
            for, so it goes on record that you read them.
          </p>
          <Button onClick={() => setAsked(true)}>Read mails</Button>
        </div>
      )}
    </Panel>
  )
}

function Mails() {
  const mails = useQuery(read("GET /platform/mails"))
  return (
    <ReadBody
      of={mails}
      failed="Mails could not be loaded"
      skeleton={<SkeletonRows what="mails" widths={["w-48", "w-32"]} className="h-[57px]" />}
    >
      {({ items, simulated }) => (
        <>
          {simulated ? (
            <p className="border-b border-line px-4 py-2.5 text-13 text-fg-2">
              No mail server is set, so mails go nowhere. Set SMTP_URL to have them sent.
            </p>
          ) : null}
          {items.length === 0 ? (
            <p className="p-4 text-13 text-fg-2">Nothing was written in the last seven days.</p>
          ) : (
            <ul aria-label="Mails">
              {items.map((mail) => (
                <MailItem key={mail.id} mail={mail} />
              ))}
            </ul>
          )}
        </>
      )}
    </ReadBody>
  )
}

function MailItem({ mail }: { mail: Mail }) {
  return (
    <li className="border-b border-line px-4 py-3 text-13 last:border-b-0">
      <details>
        <summary className="cursor-pointer">
          <span className="inline-flex max-w-full flex-wrap items-baseline gap-x-3 gap-y-1">
            <b className="font-semibold [overflow-wrap:anywhere]">{mail.subject}</b>
            <span className="text-fg-2 [overflow-wrap:anywhere]">to {mail.to}</span>
            <State look={looks[mail.state]} detail={mail.failure} />
            <span className="text-fg-3">
              <RelativeTime at={mail.createdAt} />
            </span>
          </span>
        </summary>
        <p className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {mail.text ?? "It was sent, and its text is not kept."}
        </p>
      </details>
    </li>
  )
}
