"use client"
import { Button } from "../ui/button.tsx"
import { CopyText } from "../ui/copy-text.tsx"
import { saveFile } from "../ui/csv.ts"
import { Note } from "../ui/note.tsx"

/** Codes in place of the app, this once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone(): void }) {
  const text = codes.join("\n")
  return (
    <>
      <Note tone="warn" title="Copy or save them now.">
        Nobody can show them again. Without your phone, each of them signs you in once.
      </Note>
      <CopyText label="Recovery codes" text={text} />
      <div className="-mx-5 -mb-5 flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
        <Button onClick={() => saveFile("vibecaas-recovery-codes.txt", `${text}\n`, "text/plain")}>
          Save as a file
        </Button>
        <Button kind="main" onClick={onDone}>
          I have kept them
        </Button>
      </div>
    </>
  )
}
