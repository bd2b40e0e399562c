"use client"
import { useMutation } from "@tanstack/react-query"
import type { Secret } from "@vibecaas/contract/kinds/secrets"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { Refusal } from "../form/refusal.tsx"
import { Button } from "../ui/button.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Properties, Property } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { ChangeForm } from "./change-form.tsx"
import { deleteSecret, useSecret } from "./queries.ts"
import { environmentWords, typeWords } from "./secret-words.ts"
import { Shares } from "./shares.tsx"
import { consequence, type SecretDialogProps } from "./value-dialog.tsx"

interface DetailsDialogProps extends SecretDialogProps {
  off: { manage: string | undefined; share: string | undefined }
}

/** All that is known of a secret but its value, and what is seldom done with it. */
export function DetailsDialog(props: DetailsDialogProps) {
  const { secret, open, onClose } = props
  return (
    <Dialog open={open} onClose={onClose} title={<span className="mono">{secret.name}</span>} wide>
      {open ? <Details {...props} /> : null}
    </Dialog>
  )
}

function Details({ secret: { id }, onClose, off }: DetailsDialogProps) {
  const read = useSecret(id)
  return (
    <ReadBody
      of={read}
      failed="The secret could not be read"
      skeleton={<SkeletonLines what="secret" />}
    >
      {(secret) => (
        <>
          <div className="overflow-clip rounded-3 border border-line">
            <Properties>
              <Property name="Id">
                <CopyId id={secret.id} />
              </Property>
              <Property name="Is">
                {typeWords[secret.type]}, {environmentWords[secret.environment].toLowerCase()}
              </Property>
              <Property name="Added">
                {secret.createdBy}, <RelativeTime at={secret.createdAt} />
              </Property>
              <Property name="Used by">
                <UsedBy secret={secret} />
              </Property>
              <Property name="Versions">
                <ul className="grid gap-0.5">
                  {secret.versions.map(({ number, setBy, setAt }) => (
                    <li key={number}>
                      {number} by {setBy}, <RelativeTime at={setAt} />
                    </li>
                  ))}
                </ul>
              </Property>
            </Properties>
          </div>
          <ChangeForm secret={secret} off={off.manage} />
          <Shares secret={secret} off={off.share} />
          <Delete secret={secret} off={off.manage} onDone={onClose} />
        </>
      )}
    </ReadBody>
  )
}

function UsedBy({ secret: { usedBy } }: { secret: Secret }) {
  if (usedBy.length === 0) return "No app has been started with it yet."
  return (
    <ul className="grid gap-0.5">
      {usedBy.map(({ projectId, projectName, purpose, variable, version }) => (
        <li key={`${projectId} ${purpose} ${variable}`}>
          {projectName} ({purpose === "live" ? "live app" : "draft"}) as{" "}
          <span className="mono">{variable}</span>, version {version}
        </li>
      ))}
    </ul>
  )
}

interface DeleteProps {
  secret: Secret
  off: string | undefined
  onDone(): void
}

function Delete({ secret, off, onDone }: DeleteProps) {
  const [asked, setAsked] = useState(false)
  const remove = useMutation(deleteSecret)
  const go = () => remove.mutate({ params: { secretId: secret.id } }, { onSuccess: onDone })
  return (
    <div className="-mx-5 -mb-5 grid gap-3 border-t border-line px-5 py-3">
      <Refusal problem={remove.error ? problemOf(remove.error) : undefined} />
      {asked ? (
        <p className="text-13">
          All its versions are gone for good. {consequence(secret)} What refers to it does not start
          until it is there again.
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        {asked ? <Button onClick={() => setAsked(false)}>Keep it</Button> : null}
        <Button
          kind={asked ? "bad" : "plain"}
          off={off}
          busy={remove.isPending ? "Deleting" : undefined}
          onClick={asked ? go : () => setAsked(true)}
        >
          {asked ? "Delete for good" : "Delete"}
        </Button>
      </div>
    </div>
  )
}
