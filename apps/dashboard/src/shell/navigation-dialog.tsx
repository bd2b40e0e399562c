"use client"
import { X } from "lucide-react"
import { Dialog } from "radix-ui"
import { Button } from "../ui/button.tsx"
import { Sidebar } from "./sidebar.tsx"

interface NavigationDialogProps {
  open: boolean
  onOpenChange(open: boolean): void
  onSearch(): void
}

/** The navigation over the page, on a narrow screen. */
export function NavigationDialog({ open, onOpenChange, onSearch }: NavigationDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim motion-safe:animate-arrive md:hidden" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] bg-shell shadow-3 outline-none motion-safe:animate-arrive md:hidden"
        >
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <Sidebar
            onLeave={() => onOpenChange(false)}
            onSearch={() => {
              onOpenChange(false)
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
