export {
  type DataModel as AppSpec,
  type Entity,
  type Field,
  type FieldType,
  readDataModel as readAppSpec,
  writeDataModel as writeAppSpec,
} from "@vibecaas/contract/data-model"
export { changesBetween, type FileChange } from "./changes-between.ts"
export { type AppFile, type FileRole, renderApp } from "./render-app.ts"
export { nextEdit } from "./small-edit.ts"
