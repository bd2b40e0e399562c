"use client"
import { useMutation } from "@tanstack/react-query"
import type { EgressRule } from "@vibecaas/contract/kinds/network"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Checkbox } from "../ui/checkbox.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { allowDomain } from "./queries.ts"

interface AllowDialogProps {
  projectId: Project["id"]
  open: boolean
  onClose(): void
}

/** A domain that the project's machines may reach, or a service with a secret. */
export function AllowDialog(props: AllowDialogProps) {
  const title = "Allow a domain"
  return (
    <Dialog open={props.open} onClose={props.onClose} title={title}>
      {props.open ? <AllowForm {...props} title={title} /> : null}
    </Dialog>
  )
}

interface Typed {
  host: string
  port: string
  reason: string
  asService: boolean
  name: string
  header: string
  value: string
}

const bodyOf = ({ host, port, reason, asService, name, header, value }: Typed) => ({
  host: host.trim(),
  port: Number(port.trim()),
  reason: reason.trim(),
  service: asService ? { name: name.trim(), header: header.trim(), value: value.trim() } : null,
})

function AllowForm({ projectId, onClose, title }: AllowDialogProps & { title: string }) {
  const allow = useMutation(allowDomain)
  const form = useForm<Typed, EgressRule>({
    values: {
      ...{ host: "", port: "443", reason: "", asService: false },
      ...{ name: "", header: "Authorization", value: "" },
    },
    fieldFor: { "service/name": "name", "service/header": "header", "service/value": "value" },
    body: bodyOf,
    schema: () => schemaOf("POST /projects/{projectId}/network/rules"),
    send: (_, typed) => allow.mutateAsync({ params: { projectId }, body: bodyOf(typed) }),
    done: onClose,
    check: ({ port }) => ({ port: /^\d+$/.test(port.trim()) ? undefined : "Use a number." }),
    guarded: true,
  })
  const asService = form.state.watch("asService")
  const plain = { autoComplete: "off", spellCheck: false } as const
  return (
    <Form form={form} label={title}>
      <div className="grid grid-cols-[minmax(0,1fr)_96px] gap-3">
        <TextField
          {...plain}
          label="Domain"
          className="mono"
          placeholder="api.example.com"
          help="*.example.com means all below it."
          {...form.text("host")}
        />
        <TextField {...plain} label="Port" inputMode="numeric" {...form.text("port")} />
      </div>
      <TextField {...plain} label="What for" {...form.text("reason")} />
      <Checkbox
        label="The platform asks it, with a secret"
        help="The app never has the secret: it requests SERVICES_URL, and the platform adds it."
        checked={asService}
        onChange={(now) => form.set({ asService: now })}
      />
      {asService ? (
        <>
          <TextField
            {...plain}
            label="Name of the service"
            className="mono"
            placeholder="payments"
            help="The app requests SERVICES_URL/<name>/…"
            {...form.text("name")}
          />
          <TextField {...plain} label="Header" className="mono" {...form.text("header")} />
          <TextField
            {...plain}
            label="Value"
            type="password"
            autoComplete="new-password"
            placeholder="Bearer …"
            help="Sealed at once and shown to nobody."
            {...form.text("value")}
          />
        </>
      ) : null}
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Allowing" : undefined}>
          Allow
        </Button>
      </DialogButtons>
    </Form>
  )
}
