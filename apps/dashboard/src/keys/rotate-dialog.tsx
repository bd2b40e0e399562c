"use client"
import { useMutation } from "@tanstack/react-query"
import type { ApiKey, ApiKeyWithSecret } from "@vibecaas/contract/kinds/keys"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { Refusal } from "../form/refusal.tsx"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { Field } from "../ui/field.tsx"
import { Select } from "../ui/select.tsx"
import { rotateKey } from "./queries.ts"
import { SecretShown, stays } from "./secret-shown.tsx"

export interface KeyDialogProps {
  apiKey: ApiKey
  open: boolean
  onClose(): void
}

const overlaps = { "0": "Ends at once", "1": "1 hour", "24": "A day", "168": "A week" } as const
type Overlap = keyof typeof overlaps
const options = (Object.keys(overlaps) as Overlap[]).map((value) => ({
  ...{ value, label: overlaps[value] },
}))

/** Gives a key another secret, and shows it this once. */
export function RotateDialog({ apiKey, open, onClose }: KeyDialogProps) {
  const [made, setMade] = useState<ApiKeyWithSecret>()
  const close = () => {
    onClose()
    setMade(undefined)
  }
  return (
    <Dialog
      open={open}
      onClose={made ? stays : close}
      title={made ? `${apiKey.name} has a new secret` : `Rotate ${apiKey.name}?`}
    >
      {made ? <SecretShown made={made} onDone={close} /> : null}
      {open && !made ? <Rotate apiKey={apiKey} onCancel={close} onMade={setMade} /> : null}
    </Dialog>
  )
}

interface RotateProps {
  apiKey: ApiKey
  onCancel(): void
  onMade(made: ApiKeyWithSecret): void
}

function Rotate({ apiKey, onCancel, onMade }: RotateProps) {
  const [overlap, setOverlap] = useState<Overlap>("24")
  const rotate = useMutation(rotateKey)
  const go = () =>
    rotate.mutate(
      { params: { keyId: apiKey.id }, body: { overlapHours: Number(overlap) } },
      { onSuccess: onMade },
    )
  const [ending] = apiKey.secrets
  return (
    <>
      <Refusal problem={rotate.error ? problemOf(rotate.error) : undefined} />
      <p>
        It gets a new secret and keeps what it may do. Give the new one to your program before the
        one that ends in <span className="mono">{ending?.ending}</span> stops.
      </p>
      <Field label="The secret before is taken for">
        {(control) => (
          <Select {...control} value={overlap} options={options} onChange={setOverlap} />
        )}
      </Field>
      <DialogButtons onCancel={onCancel}>
        <Button kind="main" busy={rotate.isPending ? "Rotating" : undefined} onClick={go}>
          Rotate
        </Button>
      </DialogButtons>
    </>
  )
}
