import type { IdOf } from "@vibecaas/contract/kinds"
import type { Repositories } from "../../projects/index.ts"

/** Writes files, `null` deletes, and answers the commit. @param on the project with its own branch, or a branch apart */
export async function push(
  repositories: Repositories,
  on: IdOf<"project"> | Parameters<Repositories["of"]>,
  files: Record<string, string | null>,
): Promise<string> {
  const repository = typeof on === "string" ? repositories.of(on) : repositories.of(...on)
  const commit = await repository.commit({
    parent: await repository.head(),
    message: "Change",
    author: "Mara",
    changes: Object.entries(files).map(([path, text]) => ({
      path,
      content: text === null ? null : Buffer.from(text),
    })),
  })
  return commit.id
}
