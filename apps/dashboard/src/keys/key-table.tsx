import type { ApiKey } from "@vibecaas/contract/kinds/keys"
import { Button } from "../ui/button.tsx"
import { count, exactTime } from "../ui/format.ts"
import { Day, RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { limitsOf } from "./permission-words.ts"

export type KeyAct = "rotate" | "revoke"

interface KeyTableProps {
  keys: readonly ApiKey[]
  /** why none can be changed */
  off: string | undefined
  onAsk(act: KeyAct, key: ApiKey): void
}

/** Keys with what they may do and when they were used. */
export function KeyTable({ keys, off, onAsk }: KeyTableProps) {
  return (
    <Table aria-label="API keys">
      <TableHead>
        <HeadCell>Key</HeadCell>
        <HeadCell className="w-[24%]">May do</HeadCell>
        <HeadCell className="w-[15%]">Last used</HeadCell>
        <HeadCell className="w-[15%]">Ends</HeadCell>
        <HeadCell className="w-44">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {keys.map((each) => (
          <KeyRow key={each.id} of={each} off={off} onAsk={(act) => onAsk(act, each)} />
        ))}
      </TableBody>
    </Table>
  )
}

function KeyRow({
  of: key,
  off,
  onAsk,
}: {
  of: ApiKey
  off: string | undefined
  onAsk(act: KeyAct): void
}) {
  const over = key.state === "expired" ? "Its time is over. Make another one." : undefined
  return (
    <Row>
      <Cell className="py-2 max-md:col-span-2">
        <span className="block truncate font-medium" title={key.name}>
          {key.name}
        </span>
        <span className="block text-12 text-fg-3 [overflow-wrap:anywhere]">
          <Endings of={key} />
          by {key.createdBy}
          {key.creatorLeft ? ", who left" : ""}, <RelativeTime at={key.createdAt} />
        </span>
      </Cell>
      <Cell className="text-fg-2 max-md:col-span-2 max-md:text-12">
        <span title={key.permissions.join("\n")}>
          {count(key.permissions.length, "permission")}
        </span>
        <span className="block truncate text-12 text-fg-3" title={limitsOf(key)}>
          {limitsOf(key)}
        </span>
      </Cell>
      <Cell className="text-fg-2 max-md:text-12">
        {key.lastUsedAt ? <RelativeTime at={key.lastUsedAt} /> : "never"}
        <span className="md:hidden"> used</span>
      </Cell>
      <Cell className="text-fg-2 max-md:text-right max-md:text-12">
        <Ends of={key} />
      </Cell>
      <Cell className="text-right max-md:col-span-2 max-md:pt-1! max-md:text-left">
        <span className="inline-flex gap-2">
          <Button
            size="sm"
            aria-label={`Rotate ${key.name}`}
            off={off ?? over}
            onClick={() => onAsk("rotate")}
          >
            Rotate
          </Button>
          <Button
            size="sm"
            aria-label={`Revoke ${key.name}`}
            off={off}
            onClick={() => onAsk("revoke")}
          >
            Revoke
          </Button>
        </span>
      </Cell>
    </Row>
  )
}

/** Each secret that opens it by its last letters; one that was rotated away with its end. */
function Endings({ of: { secrets } }: { of: ApiKey }) {
  return secrets.map(({ ending, endsAt }) => (
    <span key={ending} className="block">
      <span className="mono">…{ending}</span>
      {endsAt ? `, taken until ${exactTime(Date.parse(endsAt))}` : null}
    </span>
  ))
}

function Ends({ of: { state, expiresAt } }: { of: ApiKey }) {
  if (state === "expired") return <State look={{ glyph: "bad", word: "Expired" }} />
  if (expiresAt === null) return "no end"
  return (
    <>
      <span className="md:hidden">Ends </span>
      <Day at={expiresAt} />
    </>
  )
}
