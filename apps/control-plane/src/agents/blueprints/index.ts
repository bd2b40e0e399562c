export {
  type AppSpec,
  type Entity,
  type Field,
  type FieldType,
  fieldTypes,
  readAppSpec,
  writeAppSpec,
} from "./app-spec.ts"
export { changesBetween, type FileChange, smallEdit } from "./changes-between.ts"
export { type AppFile, type FileRole, renderApp } from "./render-app.ts"
