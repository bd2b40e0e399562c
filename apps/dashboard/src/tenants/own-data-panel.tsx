"use client"
import dynamic from "next/dynamic"
import { useState } from "react"
import { Button } from "../ui/button.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { Panel } from "../ui/panel.tsx"

const EraseDialog = dynamic(
  () => import("./erase-dialog.tsx").then((module) => module.EraseDialog),
  { ssr: false },
)

const row = "flex flex-wrap items-center justify-between gap-3 p-4 not-last:border-b border-line"

/** All that is kept of the person: to take along, or to be gone. */
export function OwnDataPanel() {
  const [asked, setAsked] = useState(false)
  return (
    <Panel title="Your data">
      <div className={row}>
        <p className="max-w-[46ch] text-13 text-fg-2">
          Your account, where you are signed in, your organizations, the keys you made, and the
          records of what you did, in one JSON file.
        </p>
        <a href="/api/v1/me/export" download className={buttonLook({})}>
          Download
        </a>
      </div>
      <div className={row}>
        <p className="max-w-[46ch] text-13 text-fg-2">
          Your account goes with your name, your address, your sessions and everything that only you
          use.
        </p>
        <Button kind="bad-quiet" onClick={() => setAsked(true)}>
          Erase account
        </Button>
        {asked ? <EraseDialog open onClose={() => setAsked(false)} /> : null}
      </div>
    </Panel>
  )
}
