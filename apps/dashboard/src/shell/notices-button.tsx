"use client"
import { Bell } from "lucide-react"
import dynamic from "next/dynamic"
import { Button } from "../ui/button.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { useNotices } from "./notices-provider.tsx"

const NoticesDialog = dynamic(
  () => import("./notices-dialog.tsx").then((module) => module.NoticesDialog),
  { ssr: false },
)

/** The bell: what agents ended or ask since the page was opened. */
export function NoticesButton() {
  const { all } = useNotices()
  const { about, open, ask, close } = useAsked<true>()
  const name = all.length === 0 ? "Notices" : `Notices, ${all.length}`
  return (
    <>
      <Button kind="ghost" size="sm" icon aria-label={name} onClick={() => ask(true)}>
        <span className="relative">
          <Bell aria-hidden="true" strokeWidth={1.75} />
          {all.length > 0 ? (
            <span
              aria-hidden="true"
              className="absolute -top-1 -right-1 size-2 rounded-full bg-accent"
            />
          ) : null}
        </span>
      </Button>
      {about ? <NoticesDialog open={open} onClose={close} /> : null}
    </>
  )
}
