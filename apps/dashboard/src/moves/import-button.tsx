"use client"
import { FolderInput } from "lucide-react"
import dynamic from "next/dynamic"
import { Button } from "../ui/button.tsx"
import { useAsked } from "../ui/use-asked.ts"

// Loaded when it is first wanted: most projects begin with a prompt.
const ImportDialog = dynamic(
  () => import("./import-dialog.tsx").then((module) => module.ImportDialog),
  { ssr: false },
)

/** Brings a project in from a git server or an archive. @param off why nobody may */
export function ImportButton({ off }: { off: string | undefined }) {
  const asked = useAsked<true>()
  return (
    <>
      <Button off={off} onClick={() => asked.ask(true)}>
        <FolderInput aria-hidden="true" />
        Import
      </Button>
      {asked.about ? <ImportDialog open={asked.open} onClose={asked.close} /> : null}
    </>
  )
}
