/** A jurisdiction by its GB/T 2260 division, with its superior where one is stated. */
export interface Jurisdiction {
  division: string
  superior: string | undefined
}

/**
 * Whether a jurisdiction lies below an overseer's division. Stated superiors count first; where a jurisdiction on the way
 * up is not on the platform, the code tells: a county belongs to NNNN00, a city to NN0000.
 */
export function isBelow(
  jurisdiction: Jurisdiction,
  division: string,
  stated: ReadonlyMap<string, string>,
): boolean {
  const seen = new Set([jurisdiction.division])
  let above = jurisdiction.superior ?? superiorByCode(jurisdiction.division)
  while (above !== undefined && !seen.has(above)) {
    if (above === division) return true
    seen.add(above)
    above = stated.get(above) ?? superiorByCode(above)
  }
  return false
}

/** Superiors as the jurisdictions of the platform state them, by division. */
export function statedSuperiors(jurisdictions: Iterable<Jurisdiction>): Map<string, string> {
  const stated = new Map<string, string>()
  for (const { division, superior } of jurisdictions)
    if (superior !== undefined) stated.set(division, superior)
  return stated
}

function superiorByCode(division: string): string | undefined {
  if (division.endsWith('0000')) return undefined
  return division.endsWith('00') ? `${division.slice(0, 2)}0000` : `${division.slice(0, 4)}00`
}
