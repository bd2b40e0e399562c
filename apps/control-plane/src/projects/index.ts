export type { FileChange, Repositories, Repository } from "./repository.ts"
