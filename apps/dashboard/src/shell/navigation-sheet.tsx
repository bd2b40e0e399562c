"use client"
import { Menu, X } from "lucide-react"
import { Dialog } from "radix-ui"
import { useState } from "react"
import { Button } from "../ui/button.tsx"
import { Sidebar } from "./sidebar.tsx"

/** On a narrow screen the navigation waits behind a button. */
export function NavigationSheet({ onSearch }: { onSearch(): void }) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button
          kind="ghost"
          icon
          aria-label="Open menu"
          className="-ml-2.5 size-10 md:hidden [&_svg]:size-4"
        >
          <Menu aria-hidden="true" strokeWidth={1.75} />
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim motion-safe:animate-arrive md:hidden" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] bg-shell shadow-3 outline-none motion-safe:animate-arrive md:hidden"
        >
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <Sidebar
            onLeave={() => setOpen(false)}
            onSearch={() => {
              setOpen(false)
              onSearch()
            }}
          />
          <Dialog.Close asChild>
            <Button kind="ghost" icon aria-label="Close menu" className="absolute top-2 right-2">
              <X aria-hidden="true" />
            </Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
