import { STAGE_TITLES } from '../values/stages.ts'

/** The stages of a project in their order, the same words in every jurisdiction. */
export const STAGES: readonly string[] = Object.keys(STAGE_TITLES)
