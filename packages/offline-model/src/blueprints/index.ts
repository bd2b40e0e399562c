export {
  type AppSpec,
  type Entity,
  type Field,
  type FieldType,
  readAppSpec,
  writeAppSpec,
} from "./app-spec.ts"
export { changesBetween, type FileChange } from "./changes-between.ts"
export { type AppFile, type FileRole, renderApp } from "./render-app.ts"
export { nextEdit } from "./small-edit.ts"
