"use client"
import type { ReactNode } from "react"
import { problemOf } from "../api/problem.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Refusal } from "./refusal.tsx"

interface ConfirmDialogProps {
  open: boolean
  title: string
  /** what the button says, and what it says while that is done */
  verb: string
  doing: string
  /** how its button looks: what can be undone is not bad */
  kind?: "main" | "bad"
  /** why it cannot be done now */
  off?: string | false | undefined
  /** what it does */
  act: { isPending: boolean; error: unknown; reset(): void }
  onConfirm(): Promise<unknown>
  onClose(): void
  /** what it means */
  children: ReactNode
}

/** Asks before something is done that others feel; why it was refused stays above what it means. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, verb, doing, kind = "bad", off, act, onConfirm, onClose, children } = props
  const close = () => {
    // Asked again, or about another, it begins without the refusal of before.
    if (!act.isPending) act.reset()
    onClose()
  }
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            kind={kind}
            off={off}
            busy={act.isPending ? doing : undefined}
            onClick={() => void onConfirm().catch(() => undefined)}
          >
            {verb}
          </Button>
        </>
      }
    >
      <Refusal problem={act.error ? problemOf(act.error) : undefined} />
      {children}
    </Dialog>
  )
}
