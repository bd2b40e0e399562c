"use client"
import dynamic from "next/dynamic"
import { useApp } from "../../apps/queries.ts"
import { runOff } from "../../apps/run-off.ts"
import { useSession } from "../../shell/session.tsx"
import { Button } from "../../ui/button.tsx"
import { useAsked } from "../../ui/use-asked.ts"
import { useOpenProject } from "../project-frame.tsx"

const RunVersionDialog = dynamic(
  () => import("../../apps/run-version-dialog.tsx").then((module) => module.RunVersionDialog),
  { ssr: false },
)

interface RunNewestProps {
  commit: string
  label: string
}

/** What somebody saved runs once it is asked for here; nothing where no app runs yet. */
export function RunNewest({ commit, label }: RunNewestProps) {
  const app = useApp(useOpenProject()).data
  const { offUnless } = useSession()
  const { about, open, ask, close } = useAsked<true>()
  if (!app) return null
  return (
    <>
      <Button
        size="sm"
        kind="main"
        off={offUnless("app:operate", "run other versions") ?? runOff(app, commit)}
        onClick={() => ask(true)}
      >
        {label}
      </Button>
      {about ? <RunVersionDialog app={app} commit={commit} open={open} onClose={close} /> : null}
    </>
  )
}
