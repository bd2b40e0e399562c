"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { Secret } from "@vibecaas/contract/kinds/secrets"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { read } from "../api/read.ts"
import { Refusal } from "../form/refusal.tsx"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { Select } from "../ui/select.tsx"
import { endShare, shareSecret } from "./queries.ts"

interface SharesProps {
  secret: Secret
  /** why nothing can be shared */
  off: string | undefined
}

/** Who else may refer to a secret. They have it as a variable and cannot read it. */
export function Shares({ secret, off }: SharesProps) {
  const end = useMutation(endShare)
  const { me } = useSession()
  const nameOf = ({ organizationId, organizationName }: Secret["shares"][number]) =>
    me.organizations.find(({ id }) => id === organizationId)?.name ??
    organizationName ??
    organizationId
  return (
    <section aria-label="Shares" className="grid gap-3 border-t border-line pt-4">
      <h3 className="text-13 font-medium text-fg">Shared with</h3>
      <Refusal problem={end.error ? problemOf(end.error) : undefined} />
      {secret.shares.length === 0 ? (
        <p className="text-13">Nobody else refers to it.</p>
      ) : (
        <ul className="grid gap-2 text-13">
          {secret.shares.map((share) => (
            <li key={share.id} className="flex items-center justify-between gap-3">
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {share.projectName ?? `All projects of ${nameOf(share)}`}
                <span className="block text-12 text-fg-3">by {share.sharedBy}</span>
              </span>
              <Button
                size="sm"
                off={off}
                aria-label={`End the share with ${share.projectName ?? nameOf(share)}`}
                onClick={() => end.mutate({ params: { secretId: secret.id, shareId: share.id } })}
              >
                End
              </Button>
            </li>
          ))}
        </ul>
      )}
      <ShareWith secret={secret} off={off} />
    </section>
  )
}

const elsewhere = "elsewhere"
/** Chosen from the list of projects. */
type Id = NonNullable<Secret["projectId"]>
/** The server judges the rest of it. */
const isOrganization = (id: string): id is Secret["organizationId"] => /^org_\w+$/.test(id)

function ShareWith({ secret, off }: SharesProps) {
  const { organization } = useSession()
  const share = useMutation(shareSecret)
  const query = { organizationId: organization.id, limit: 100 }
  const projects = useQuery(read("GET /projects", { query }))
  const [chosen, setChosen] = useState("")
  const [typed, setTyped] = useState("")
  const options = [
    { value: "", label: "Choose…" },
    ...(projects.data?.items ?? [])
      .filter(({ id }) => id !== secret.projectId)
      .map(({ id, name }) => ({ value: id as string, label: name })),
    { value: organization.id as string, label: "All projects here" },
    { value: elsewhere, label: "Another organization" },
  ]
  const target = chosen === elsewhere ? typed.trim() : chosen
  const go = () => {
    const body = isOrganization(target) ? { organizationId: target } : { projectId: target as Id }
    share.mutate({ params: { secretId: secret.id }, body }, { onSuccess: () => setChosen("") })
  }
  const known = chosen !== elsewhere || isOrganization(target)
  return (
    <>
      <Refusal problem={share.error ? problemOf(share.error) : undefined} />
      <div className="flex items-end gap-2">
        <div className="min-w-0 grow">
          <Field label="Share with">
            {(control) => (
              <Select
                {...control}
                value={chosen}
                options={options}
                onChange={setChosen}
                off={off}
              />
            )}
          </Field>
        </div>
        <Button
          off={off ?? (target === "" || !known ? "Say with whom." : undefined)}
          busy={share.isPending ? "Sharing" : undefined}
          onClick={go}
        >
          Share
        </Button>
      </div>
      {chosen === elsewhere ? (
        <TextField
          label="Its id"
          className="mono"
          autoComplete="off"
          placeholder="org_…"
          help="They find it in their settings. Their apps then refer to it by this organization’s name."
          value={typed}
          onChange={({ target: { value } }) => setTyped(value)}
        />
      ) : null}
    </>
  )
}
