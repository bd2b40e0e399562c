"use client"
import { Dialog as Radix } from "radix-ui"
import { type ReactNode, useRef } from "react"
import { Button } from "./button.tsx"
import { cn } from "./cn.ts"

interface DialogProps {
  open: boolean
  onClose(): void
  title: ReactNode
  children: ReactNode
  /** buttons, the one that does it last */
  footer?: ReactNode
  wide?: boolean
}

/** A question or an explanation over the page; Escape closes it and focus returns. */
export function Dialog({ open, onClose, title, children, footer, wide }: DialogProps) {
  // Radix gives the focus back to its own trigger; here whatever had it opened the dialog.
  const opener = useRef<Element>(null)
  return (
    <Radix.Root
      open={open}
      onOpenChange={(wanted) => {
        if (!wanted) onClose()
      }}
    >
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim motion-safe:animate-arrive" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            opener.current = document.activeElement
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener.current instanceof HTMLElement) opener.current.focus()
          }}
          className={cn(
            "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] -translate-1/2 flex-col rounded-4 bg-raised shadow-3 outline-none motion-safe:animate-arrive",
            wide ? "max-w-[640px]" : "max-w-[480px]",
          )}
        >
          <Radix.Title className="px-5 pt-5 text-16 font-semibold tracking-[-0.01em] break-words">
            {title}
          </Radix.Title>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4 overflow-y-auto px-5 pt-3 pb-5 text-fg-2">
            {children}
          </div>
          {footer ? (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </div>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The last row of a form in a dialog, in sight while the rest scrolls: the way out, and the button that does it. */
export function DialogButtons({ onCancel, children }: { onCancel(): void; children: ReactNode }) {
  return (
    <div className="sticky -bottom-5 z-1 -mx-5 -mb-5 flex flex-wrap justify-end gap-2 rounded-b-4 border-t border-line bg-raised px-5 py-3">
      <Button onClick={onCancel}>Cancel</Button>
      {children}
    </div>
  )
}
