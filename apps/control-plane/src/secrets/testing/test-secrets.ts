import { testMasterKey } from "../../db/testing/seed.ts"
import { makeAppSecrets } from "../make-secrets.ts"

/** What starts apps in tests asks. */
export const secrets = makeAppSecrets({ masterKey: testMasterKey })
