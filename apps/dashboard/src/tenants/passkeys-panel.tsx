"use client"
import { useQuery } from "@tanstack/react-query"
import type { Passkey } from "@vibecaas/contract/passkey"
import dynamic from "next/dynamic"
import { useEffect, useState } from "react"
import { read } from "../api/read.ts"
import { Button } from "../ui/button.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { knowsPasskeys } from "./passkey-browser.ts"

const AddPasskeyDialog = dynamic(
  () => import("./passkey-dialogs.tsx").then((module) => module.AddPasskeyDialog),
  { ssr: false },
)
const RenamePasskeyDialog = dynamic(
  () => import("./passkey-dialogs.tsx").then((module) => module.RenamePasskeyDialog),
  { ssr: false },
)
const RemovePasskeyDialog = dynamic(
  () => import("./passkey-dialogs.tsx").then((module) => module.RemovePasskeyDialog),
  { ssr: false },
)

type Asked = { what: "add" } | { what: "rename" | "remove"; passkey: Passkey }

/** What devices keep that signs in as the person, without a password. */
export function PasskeysPanel() {
  const passkeys = useQuery(read("GET /auth/passkeys"))
  const { about, open, ask, close } = useAsked<Asked>()
  const dialog = { open, onClose: close }
  return (
    <Panel title="Passkeys" end={<AddButton onAsk={() => ask({ what: "add" })} />}>
      <ReadBody
        of={passkeys}
        failed="Your passkeys could not be loaded"
        skeleton={<SkeletonRows what="passkeys" widths={["w-40"]} className="h-[65px]" />}
      >
        {({ items }) => (
          <>
            <p className="max-w-[62ch] p-4 text-13 text-fg-2">
              {items.length === 0
                ? "None yet. A passkey signs you in by the finger, face or PIN of your device, in place of the password and its second step, and no other site can ask for it."
                : "Each signs in as you by itself, in place of the password and its second step."}
            </p>
            {items.length > 0 ? (
              <ul aria-label="Passkeys" className="border-t border-line">
                {items.map((passkey) => (
                  <PasskeyItem
                    key={passkey.id}
                    passkey={passkey}
                    onAsk={(what) => ask({ what, passkey })}
                  />
                ))}
              </ul>
            ) : null}
          </>
        )}
      </ReadBody>
      {about?.what === "add" ? <AddPasskeyDialog {...dialog} /> : null}
      {about?.what === "rename" ? (
        <RenamePasskeyDialog {...dialog} key={about.passkey.id} passkey={about.passkey} />
      ) : null}
      {about?.what === "remove" ? (
        <RemovePasskeyDialog {...dialog} passkey={about.passkey} />
      ) : null}
    </Panel>
  )
}

function AddButton({ onAsk }: { onAsk(): void }) {
  // The server, which draws the page first, knows nothing of the browser.
  const [known, setKnown] = useState(true)
  useEffect(() => setKnown(knowsPasskeys()), [])
  return (
    <Button
      size="sm"
      off={
        known ? undefined : "This browser knows no passkeys, or not at an address without https."
      }
      onClick={onAsk}
    >
      Add passkey
    </Button>
  )
}

interface PasskeyItemProps {
  passkey: Passkey
  onAsk(what: "rename" | "remove"): void
}

function PasskeyItem({ passkey, onAsk }: PasskeyItemProps) {
  const { name, synced, createdAt } = passkey
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-3 text-13 last:border-b-0">
      <div className="min-w-0">
        <p className="font-medium [overflow-wrap:anywhere]">{name}</p>
        <p className="text-12 text-fg-3">
          {synced ? "Kept on all devices of its owner" : "On one device"}, added{" "}
          <RelativeTime at={createdAt} />
        </p>
      </div>
      <div className="flex gap-2">
        <Button size="sm" aria-label={`Rename ${name}`} onClick={() => onAsk("rename")}>
          Rename
        </Button>
        <Button size="sm" aria-label={`Remove ${name}`} onClick={() => onAsk("remove")}>
          Remove
        </Button>
      </div>
    </li>
  )
}
