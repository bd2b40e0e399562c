"use client"
import type { ApiKeyWithSecret } from "@vibecaas/contract/kinds/keys"
import { Button } from "../ui/button.tsx"
import { CopyText } from "../ui/copy-text.tsx"
import { Note } from "../ui/note.tsx"

/** Escape and a click beside a dialog close it, but none that shows what is shown only once. */
export const stays = () => undefined

/** The secret of a key, this once. */
export function SecretShown({ made, onDone }: { made: ApiKeyWithSecret; onDone(): void }) {
  return (
    <>
      <Note tone="warn" title="Copy it now.">
        Nobody can show it again. Keep it where your program keeps secrets, and out of its files.
      </Note>
      <CopyText label="Secret" text={made.secret} wraps />
      <p className="text-13">
        Programs send it with each call: <span className="mono">Authorization: Bearer vck_…</span>
      </p>
      <div className="-mx-5 -mb-5 flex justify-end border-t border-line px-5 py-3">
        <Button kind="main" onClick={onDone}>
          I have copied it
        </Button>
      </div>
    </>
  )
}
