/** The stages that every jurisdiction shares, in their order and by their names, so that one dashboard can compare them. */
export const STAGE_TITLES: Readonly<Record<string, string>> = {
  reserve: '储备',
  declaration: '申报',
  review: '评审',
  planning: '计划',
  approval: '立项',
  procurement: '采购',
  implementation: '实施',
  trial: '试运行',
  acceptance: '验收',
  operation: '运维',
  evaluation: '评价',
  closed: '办结',
}
