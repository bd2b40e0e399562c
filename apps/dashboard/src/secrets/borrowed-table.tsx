import type { BorrowedSecret } from "@vibecaas/contract/kinds/secrets"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { environmentWords, stateLooks, typeWords } from "./secret-words.ts"

/** Secrets of others that a variable of an app may refer to. */
export function BorrowedTable({ secrets }: { secrets: readonly BorrowedSecret[] }) {
  return (
    <Table aria-label="Shared by others">
      <TableHead>
        <HeadCell>A variable’s value</HeadCell>
        <HeadCell className="w-[24%]">What it is</HeadCell>
        <HeadCell className="w-[24%]">Shared by</HeadCell>
        <HeadCell className="w-[16%]">State</HeadCell>
      </TableHead>
      <TableBody>
        {secrets.map((each) => (
          <Row key={`${each.id} ${each.reference}`}>
            <Cell className="mono max-md:col-span-2 [overflow-wrap:anywhere]">
              {each.reference}
            </Cell>
            <Cell className="text-fg-2 max-md:text-12">
              {typeWords[each.type]}, {environmentWords[each.environment].toLowerCase()}
            </Cell>
            <Cell className="text-fg-2 max-md:text-right max-md:text-12">{each.from}</Cell>
            <Cell className="text-fg-2 max-md:text-12">
              <State look={stateLooks[each.state]} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
