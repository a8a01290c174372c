import { STAGE_TITLES } from '../../values/stages.ts'
import { articles, type Compiler, unknownName } from './compiler.ts'

/** Which running projects the version takes over must be said in words that stages and versions have (§15). */
export function compileTransition(compiler: Compiler): string[] {
  const { transition, effective } = compiler.document.policy
  if (!transition) return []
  const at = ['policy', 'transition']
  const stages = [...Object.keys(compiler.document.stages), ...Object.keys(STAGE_TITLES)]
  for (const [i, stage] of transition.takes.entries())
    if (!stages.includes(stage)) unknownName(compiler, [...at, 'takes', i], '阶段', stage, stages)
  if (transition.of !== 'earlier' && transition.of >= effective)
    compiler.problem(
      [...at, 'of'],
      'reference',
      `过渡办法所指的版本(${transition.of})不早于本版的施行日`,
      '写旧版的施行日, 或 of: earlier',
    )
  return articles(compiler, transition.article, [...at, 'article'], 'header', [])
}
