"use client"
import { useMutation } from "@tanstack/react-query"
import type { ModelProviderStatus } from "@vibecaas/contract/kinds/models"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { useToast } from "../ui/toast.tsx"
import { setProvider } from "./queries.ts"

export interface ProviderDialogProps {
  provider: ModelProviderStatus | undefined
  open: boolean
  onClose(): void
}

/** The key and the address of a provider, set together: a key goes only where it was meant to go. */
export function ProviderDialog({ provider, open, onClose }: ProviderDialogProps) {
  const title = `Set how ${provider?.maker} is reached`
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      {provider && open ? <ProviderForm provider={provider} onClose={onClose} /> : null}
    </Dialog>
  )
}

interface ProviderFormProps {
  provider: ModelProviderStatus
  onClose(): void
}

function ProviderForm({ provider, onClose }: ProviderFormProps) {
  const { name, maker, needs, from } = provider
  const say = useToast()
  const set = useMutation(setProvider)
  const bodyOf = (typed: { key: string; address: string }) => ({
    ...(typed.key.trim() ? { key: typed.key.trim() } : {}),
    ...(typed.address.trim() ? { address: typed.address.trim() } : {}),
  })
  const form = useForm({
    values: { key: "", address: (from === "here" ? provider.address : null) ?? "" },
    body: bodyOf,
    schema: () => schemaOf("PUT /models/providers/{provider}"),
    send: (_, typed) => set.mutateAsync({ params: { provider: name }, body: bodyOf(typed) }),
    done() {
      say({ glyph: "done", title: `${maker} is set`, detail: "Test it to see that it answers." })
      onClose()
    },
    check: (typed) => ({
      key: needs === "key" && !typed.key.trim() ? "Paste the key." : undefined,
      address: needs === "address" && !typed.address.trim() ? "Say where it is." : undefined,
    }),
    guarded: true,
  })
  return (
    <Form form={form} label={`Set how ${maker} is reached`}>
      {from === "here" ? (
        <p>This replaces the key and the address that are there, both of them.</p>
      ) : null}
      <TextField
        label={needs === "key" ? "Key" : "Key, if it asks for one"}
        type="password"
        autoComplete="off"
        spellCheck={false}
        className="mono"
        help="It is sealed at once and shown to nobody."
        {...form.text("key")}
      />
      <TextField
        label={needs === "address" ? "Address" : "Address, if not its maker’s"}
        type="url"
        autoComplete="off"
        spellCheck={false}
        className="mono"
        placeholder={needs === "address" ? "http://127.0.0.1:11434/v1" : undefined}
        help="Everything an agent reads and writes is sent there."
        {...form.text("address")}
      />
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Setting" : undefined}>
          Set {needs}
        </Button>
      </DialogButtons>
    </Form>
  )
}
