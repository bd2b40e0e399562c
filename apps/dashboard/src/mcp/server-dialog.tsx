"use client"
import { useMutation } from "@tanstack/react-query"
import type { McpServer } from "@vibecaas/contract/kinds/mcp"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useState } from "react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { type KeyValue, KeyValues } from "../ui/key-values.tsx"
import { Note } from "../ui/note.tsx"
import { changeServer, connectServer } from "./queries.ts"

export interface ServerDialogProps {
  project: Project
  /** on which the platform lets servers be */
  hosts: readonly string[]
  /** the one that is changed; a new one is connected without */
  server: McpServer | undefined
  open: boolean
  onClose(): void
}

/** The name, address and headers of a server. */
export function ServerDialog(props: ServerDialogProps) {
  const { server, open, onClose } = props
  const title = server ? `Change ${server.name}` : "Connect an MCP server"
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      {open ? <ServerForm {...props} title={title} /> : null}
    </Dialog>
  )
}

/** Values that are not typed again are kept, as long as the address is the same. */
function headersOf(pairs: readonly KeyValue[]) {
  return pairs
    .filter(({ key, value }) => key.trim() || value.trim())
    .map(({ key, value }) => ({
      name: key.trim(),
      ...(value.trim() ? { value: value.trim() } : {}),
    }))
}

interface Typed {
  name: string
  url: string
  /** no field: what is wrong with a header stands below all of them */
  headers: string
}

const fieldFor = Object.fromEntries(
  Array.from({ length: 10 }, (_, at) => [
    [`headers/${at}/name`, "headers" as const],
    [`headers/${at}/value`, "headers" as const],
  ]).flat(),
)

function ServerForm({
  project,
  hosts,
  server,
  onClose,
  title,
}: ServerDialogProps & { title: string }) {
  const [pairs, setPairs] = useState<KeyValue[]>(
    () => server?.headers.map(({ name }) => ({ key: name, value: "" })) ?? [],
  )
  const connect = useMutation(connectServer)
  const change = useMutation(changeServer)
  const bodyOf = (typed: Typed) => ({
    name: typed.name.trim(),
    url: typed.url.trim(),
    headers: headersOf(pairs),
  })
  const form = useForm<Typed, McpServer>({
    values: { name: server?.name ?? "", url: server?.url ?? "", headers: "" },
    fieldFor,
    body: bodyOf,
    schema: () =>
      schemaOf(
        server
          ? "PATCH /projects/{projectId}/mcp-servers/{serverId}"
          : "POST /projects/{projectId}/mcp-servers",
      ),
    send: async (_, typed) => {
      const params = { projectId: project.id }
      // A header without a value was refused by the schema above.
      const body = bodyOf(typed) as Parameters<typeof connect.mutateAsync>[0]["body"]
      if (!server) return connect.mutateAsync({ params, body })
      const of = { ...params, serverId: server.id }
      return change.mutateAsync({ params: of, body: bodyOf(typed), ifMatch: server.version })
    },
    done: onClose,
    say: ({ status, detail }) =>
      status === 412 ? "Somebody changed it meanwhile. Look at it and try again." : detail,
    guarded: true,
  })
  const typedUrl = form.state.watch("url")
  const moved = server !== undefined && typedUrl.trim() !== server.url && server.headers.length > 0
  const known = server?.headers.map(({ name }) => name.toLowerCase()) ?? []
  return (
    <Form form={form} label={title}>
      <TextField
        label="Name"
        autoComplete="off"
        spellCheck={false}
        placeholder="tickets"
        help="Short, in lower case: agents call its tools mcp_<name>_<tool>."
        {...form.text("name")}
      />
      <TextField
        label="Address"
        type="url"
        className="mono"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://tools.example/mcp"
        help={`It must speak MCP over streamable HTTP, on a host that is allowed: ${hosts.join(", ")}`}
        {...form.text("url")}
      />
      <KeyValues
        label="Headers"
        noun="header"
        pairs={pairs}
        onChange={setPairs}
        secret={(name) =>
          !moved && known.includes(name.toLowerCase()) ? "Kept as it is" : undefined
        }
      />
      {form.errorAt("headers") ? (
        <div role="alert">
          <Note tone="bad">{form.errorAt("headers")}</Note>
        </div>
      ) : null}
      <p className="text-12 text-fg-3">
        {moved
          ? "Values were for the other address: give them again."
          : "Values are sealed at once and shown to nobody. They are sent with every request to this address."}
      </p>
      <DialogButtons onCancel={onClose}>
        <Button
          type="submit"
          kind="main"
          busy={form.pending ? (server ? "Saving" : "Connecting") : undefined}
        >
          {server ? "Save" : "Connect"}
        </Button>
      </DialogButtons>
    </Form>
  )
}
