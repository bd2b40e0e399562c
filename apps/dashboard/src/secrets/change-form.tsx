"use client"
import { useMutation } from "@tanstack/react-query"
import type { Secret } from "@vibecaas/contract/kinds/secrets"
import { useState } from "react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { CopyText } from "../ui/copy-text.tsx"
import { TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { changeSecret } from "./queries.ts"
import { endOfTyped, typedOfEnd } from "./secret-words.ts"

interface Typed {
  note: string
  end: string
  hook: string
}

interface ChangeFormProps {
  secret: Secret
  /** why nothing can be changed */
  off: string | undefined
}

/** What a secret is for, when it ends, and who is told of new versions. */
export function ChangeForm({ secret, off }: ChangeFormProps) {
  const change = useMutation(changeSecret)
  const [hookKey, setHookKey] = useState<string>()
  const before = secret.hook?.url ?? ""
  const bodyOf = ({ note, end, hook }: Typed) => ({
    ...{
      note: note.trim(),
      expiresAt: end === typedOfEnd(secret.expiresAt) ? secret.expiresAt : endOfTyped(end),
    },
    // A hook that is set again has another key: only a new address is sent.
    ...(hook.trim() === before ? {} : { hook: hook.trim() === "" ? null : { url: hook.trim() } }),
  })
  const form = useForm<Typed, { hookKey: string | null }>({
    values: { note: secret.note, end: typedOfEnd(secret.expiresAt), hook: before },
    fieldFor: { expiresAt: "end", "hook/url": "hook" },
    body: bodyOf,
    schema: () => schemaOf("PATCH /secrets/{secretId}"),
    send: (_, typed) =>
      change.mutateAsync({
        params: { secretId: secret.id },
        body: bodyOf(typed),
        ifMatch: secret.changes,
      }),
    done: ({ hookKey: key }) => setHookKey(key ?? undefined),
  })
  return (
    <Form form={form} label="Change this secret">
      <div className="grid grid-cols-[minmax(0,1fr)_160px] gap-3 max-sm:grid-cols-1">
        <TextField label="What for" autoComplete="off" {...form.text("note")} />
        <TextField label="Ends" type="date" {...form.text("end")} />
      </div>
      {secret.projectId === null ? null : (
        <TextField
          label="Hook"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://hooks.example.com/rotated"
          help="Told of new versions, signed, and never of a value. Its domain has to be allowed on the page Network."
          {...form.text("hook")}
        />
      )}
      {secret.hook?.failure ? (
        <Note tone="bad" title="The hook was not told.">
          {secret.hook.failure}
        </Note>
      ) : null}
      {hookKey ? (
        <>
          <Note tone="warn" title="Copy the hook’s key now.">
            It signs what the hook is told, and is shown only this once.
          </Note>
          <CopyText label="Signing key" text={hookKey} wraps />
        </>
      ) : null}
      <div className="flex justify-end">
        <Button type="submit" off={off} busy={form.pending ? "Saving" : undefined}>
          Save
        </Button>
      </div>
    </Form>
  )
}
