import { benchHttp } from './http.ts'
import { benchRules } from './rules.ts'
import { benchTenants } from './tenants.ts'

/** Figures of one run, side by side. Nothing here is asserted: a machine's load is not a fault of the code. */
const parts: Record<string, () => Promise<void>> = {
  rules: benchRules,
  http: benchHttp,
  tenants: benchTenants,
}
const wanted = process.argv.slice(2)
for (const [name, run] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await run()
