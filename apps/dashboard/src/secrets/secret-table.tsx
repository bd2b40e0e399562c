import type { Secret } from "@vibecaas/contract/kinds/secrets"
import { Button } from "../ui/button.tsx"
import { count } from "../ui/format.ts"
import { Day, RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { environmentWords, stateLooks, typeWords } from "./secret-words.ts"

export type SecretAct = "value" | "reveal" | "details"

interface SecretTableProps {
  secrets: readonly Secret[]
  off: { manage: string | undefined; reveal: string | undefined }
  onAsk(act: SecretAct, secret: Secret): void
}

/** Secrets by name: what each is, where it is had, and since when; never a value. */
export function SecretTable({ secrets, off, onAsk }: SecretTableProps) {
  return (
    <Table aria-label="Secrets">
      <TableHead>
        <HeadCell>Name</HeadCell>
        <HeadCell className="w-[19%]">Where</HeadCell>
        <HeadCell className="w-[17%]">Value</HeadCell>
        <HeadCell className="w-[14%]">Ends</HeadCell>
        <HeadCell className="w-64">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {secrets.map((secret) => (
          <SecretRow key={secret.id} of={secret} off={off} onAsk={(act) => onAsk(act, secret)} />
        ))}
      </TableBody>
    </Table>
  )
}

interface SecretRowProps {
  of: Secret
  off: SecretTableProps["off"]
  onAsk(act: SecretAct): void
}

function SecretRow({ of: secret, off, onAsk }: SecretRowProps) {
  return (
    <Row>
      <Cell className="py-2 max-md:col-span-2">
        <span className="mono block font-medium [overflow-wrap:anywhere]">{secret.name}</span>
        <span className="block text-12 text-fg-3 [overflow-wrap:anywhere]">
          {typeWords[secret.type]}
          {secret.note ? `, ${secret.note}` : ""}
        </span>
      </Cell>
      <Cell className="text-fg-2 max-md:text-12">
        {environmentWords[secret.environment]}
        <span className="block text-12 text-fg-3">{usesOf(secret)}</span>
      </Cell>
      <Cell className="text-fg-2 max-md:text-right max-md:text-12">
        version {secret.current.number}
        <span className="block truncate text-12 text-fg-3">
          {secret.current.setBy}, <RelativeTime at={secret.current.setAt} />
        </span>
      </Cell>
      <Cell className="text-fg-2 max-md:text-12">
        <Ends of={secret} />
      </Cell>
      <Cell className="text-right max-md:col-span-2 max-md:pt-1! max-md:text-left">
        <span className="inline-flex flex-wrap justify-end gap-2">
          <Button
            size="sm"
            off={off.manage}
            aria-label={`New value of ${secret.name}`}
            onClick={() => onAsk("value")}
          >
            New value
          </Button>
          <Button
            size="sm"
            off={off.reveal}
            aria-label={`Reveal ${secret.name}`}
            onClick={() => onAsk("reveal")}
          >
            Reveal
          </Button>
          <Button
            size="sm"
            aria-label={`Details of ${secret.name}`}
            onClick={() => onAsk("details")}
          >
            Details
          </Button>
        </span>
      </Cell>
    </Row>
  )
}

function usesOf({ usedBy, shares }: Secret): string {
  const used = usedBy.length === 0 ? "not used yet" : `in ${count(usedBy.length, "app")}`
  return shares.length === 0 ? used : `${used}, ${count(shares.length, "share")}`
}

function Ends({ of: { state, expiresAt } }: { of: Secret }) {
  if (expiresAt === null) return <span className="text-fg-3">no end</span>
  return (
    <>
      {state === "active" ? <span className="md:hidden">Ends </span> : null}
      {state === "active" ? null : (
        <span className="block">
          <State look={stateLooks[state]} />
        </span>
      )}
      <Day at={expiresAt} />
    </>
  )
}
