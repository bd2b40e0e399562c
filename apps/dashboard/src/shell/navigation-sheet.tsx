"use client"
import { Menu } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import { Button } from "../ui/button.tsx"

const loadDialog = () => import("./navigation-dialog.tsx").then((module) => module.NavigationDialog)
const NavigationDialog = dynamic(loadDialog, { ssr: false })

/** On a narrow screen the navigation waits behind a button. */
export function NavigationSheet({ onSearch }: { onSearch(): void }) {
  const [asked, setAsked] = useState(false)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        kind="ghost"
        icon
        aria-label="Open menu"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void loadDialog()}
        onFocus={() => void loadDialog()}
        onClick={() => {
          setAsked(true)
          setOpen(true)
        }}
        className="-ml-2.5 size-10 md:hidden [&_svg]:size-4"
      >
        <Menu aria-hidden="true" strokeWidth={1.75} />
      </Button>
      {asked ? <NavigationDialog open={open} onOpenChange={setOpen} onSearch={onSearch} /> : null}
    </>
  )
}
