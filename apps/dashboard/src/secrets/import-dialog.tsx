"use client"
import { useMutation } from "@tanstack/react-query"
import type { ImportedSecret } from "@vibecaas/contract/kinds/secrets"
import type { SecretEnvironment } from "@vibecaas/contract/secret-types"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { Refusal } from "../form/refusal.tsx"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Checkbox } from "../ui/checkbox.tsx"
import { cn } from "../ui/cn.ts"
import { Dialog } from "../ui/dialog.tsx"
import { Field, inputLook } from "../ui/field.tsx"
import { count } from "../ui/format.ts"
import { Select } from "../ui/select.tsx"
import { type Glyph, State } from "../ui/state.tsx"
import { importToOrganization, importToProject, type Owner } from "./queries.ts"
import { environmentHelp, environmentWords, optionsOf, typeWords } from "./secret-words.ts"

interface ImportDialogProps {
  owner: Owner
  open: boolean
  onClose(): void
}

interface Typed {
  text: string
  environment: SecretEnvironment
  replace: boolean
}

type Account = { items: ImportedSecret[]; added: number }

function useImport(owner: Owner) {
  const { organization } = useSession()
  const [here, there] = [useMutation(importToProject), useMutation(importToOrganization)]
  const used = owner === null ? there : here
  const send = (typed: Typed, preview: boolean): Promise<Account> => {
    const body = { ...typed, preview }
    return owner === null
      ? there.mutateAsync({ params: { organizationId: organization.id }, body })
      : here.mutateAsync({ params: { projectId: owner }, body })
  }
  return { send, pending: used.isPending, error: used.error }
}

/** Brings in a `.env` file, once it was seen what would come. */
export function ImportDialog({ owner, open, onClose }: ImportDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Import a .env file" wide>
      {open ? <Import owner={owner} onClose={onClose} /> : null}
    </Dialog>
  )
}

function Import({ owner, onClose }: Omit<ImportDialogProps, "open">) {
  const [typed, setTyped] = useState<Typed>({ text: "", environment: "every", replace: false })
  const [account, setAccount] = useState<Account>()
  const { send, pending, error } = useImport(owner)
  const change = (next: Partial<Typed>) => {
    setTyped({ ...typed, ...next })
    setAccount(undefined)
  }
  const look = () => send(typed, true).then(setAccount, () => {})
  const bring = () => send(typed, false).then(onClose, () => {})
  const coming = account?.items.filter(({ outcome }) => comes(outcome, typed.replace)).length ?? 0
  return (
    <>
      <Refusal problem={error ? problemOf(error) : undefined} />
      <Field label="The file’s text" help="Values are sealed at once; names are shown here.">
        {(control) => (
          <textarea
            {...control}
            rows={7}
            autoComplete="off"
            spellCheck={false}
            value={typed.text}
            placeholder={"STRIPE_API_KEY=…\nDATABASE_URL=…"}
            onChange={({ target }) => change({ text: target.value })}
            className={cn(inputLook, "mono h-auto py-1.5 text-12")}
          />
        )}
      </Field>
      <Field label="Where" help={environmentHelp[typed.environment]}>
        {(control) => (
          <Select
            {...control}
            value={typed.environment}
            options={optionsOf(environmentWords)}
            onChange={(environment) => change({ environment })}
          />
        )}
      </Field>
      <Checkbox
        label="Give those that exist a new version"
        checked={typed.replace}
        onChange={(replace) => setTyped({ ...typed, replace })}
      />
      {account ? <Found account={account} replace={typed.replace} /> : null}
      <div className="-mx-5 -mb-5 flex justify-end gap-2 border-t border-line px-5 py-3">
        <Button onClick={onClose}>Cancel</Button>
        {account ? (
          <Button
            kind="main"
            off={coming === 0 ? "Nothing would come in." : undefined}
            busy={pending ? "Importing" : undefined}
            onClick={bring}
          >
            Import {count(coming, "secret")}
          </Button>
        ) : (
          <Button
            kind="main"
            off={typed.text.trim() === "" ? "Paste a file first." : undefined}
            busy={pending ? "Reading" : undefined}
            onClick={look}
          >
            Look through it
          </Button>
        )}
      </div>
    </>
  )
}

const comes = (outcome: ImportedSecret["outcome"], replace: boolean) =>
  outcome === "new" || (replace && outcome === "exists")

const looks: Readonly<Record<ImportedSecret["outcome"], { glyph: Glyph; word: string }>> = {
  new: { glyph: "done", word: "New" },
  exists: { glyph: "wait", word: "Is there already" },
  duplicate: { glyph: "warn", word: "Set again below" },
  invalid: { glyph: "bad", word: "Left out" },
}

function Found({ account: { items }, replace }: { account: Account; replace: boolean }) {
  if (items.length === 0) return <p className="text-13">There is no NAME=value in this text.</p>
  return (
    <ul aria-label="What would come in" className="rounded-3 border border-line text-13">
      {items.map(({ line, name, type, outcome, say }) => (
        <li
          key={line}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-line px-3 py-2 last:border-b-0"
        >
          <span className="mono [overflow-wrap:anywhere] text-fg">{name}</span>
          <State
            look={
              outcome === "exists" && replace
                ? { glyph: "done", word: "New version" }
                : looks[outcome]
            }
          />
          <span className="col-span-2 text-12 text-fg-3">
            line {line}
            {outcome === "new" || outcome === "exists" ? `, ${typeWords[type].toLowerCase()}` : ""}
            {outcome === "invalid" || outcome === "duplicate" ? `: ${say}` : ""}
          </span>
        </li>
      ))}
    </ul>
  )
}
