"use client"
import type { App } from "@vibecaas/contract/kinds/apps"
import { Play, RotateCw } from "lucide-react"
import { problemOf } from "../api/problem.ts"
import { useMachineAction } from "../machines/queries.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { useToast } from "../ui/toast.tsx"

const verbs = {
  start: { name: "Start draft", doing: "Starting draft", icon: Play },
  restart: { name: "Restart draft", doing: "Restarting draft", icon: RotateCw },
} as const

interface DraftButtonProps {
  draft: App
  verb: keyof typeof verbs
  /** which one of several, for those who hear it */
  of?: string
}

/** Starts a draft that rests, or anew one that crashed, with its data. */
export function DraftButton({ draft, verb, of }: DraftButtonProps) {
  const { offUnless } = useSession()
  const say = useToast()
  const act = useMachineAction(draft.machineId)
  const { name, doing, icon: Icon } = verbs[verb]
  const title = `The draft did not ${verb}`
  return (
    <Button
      size="sm"
      off={offUnless("machine:operate", `${verb} drafts`)}
      busy={act.isPending(verb) ? doing : undefined}
      aria-label={of ? `${name} of ${of}` : undefined}
      onClick={() =>
        act.send(verb, (error) => say({ glyph: "bad", title, detail: problemOf(error).detail }))
      }
    >
      <Icon aria-hidden="true" />
      {name}
    </Button>
  )
}
