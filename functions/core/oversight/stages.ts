/** The stages of a project in their order, the same words in every jurisdiction. */
export const STAGES: readonly string[] = [
  'reserve',
  'declaration',
  'review',
  'planning',
  'approval',
  'procurement',
  'implementation',
  'trial',
  'acceptance',
  'operation',
  'evaluation',
  'closed',
]
