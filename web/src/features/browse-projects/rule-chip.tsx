import { CloseOutlined } from '@ant-design/icons'
import { ruleBook } from '../../../../functions/core/policy/touch/rule-book.ts'
import { unitOfArticleKey } from '../../../../functions/core/policy/touch/rule-key.ts'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'

/** Says which rule the list is narrowed to, and takes it away. */
export function RuleChip({ rule, clear }: { rule: string; clear: () => void }) {
  const { t } = useText()
  const { data: policy } = usePolicy()
  if (!policy) return null
  const unit = unitOfArticleKey(rule)
  const named = ruleBook(policy.document).byKey.get(rule)
  const title =
    unit !== undefined
      ? `${t('law.kind-article')} · ${unit}`
      : named
        ? `${t(`law.kind-${named.kind}`)} · ${named.title}`
        : t('law.ruleGone')
  return (
    <p className="rule-chip">
      <span className="quiet">{t('law.ruleFilter')}:</span>
      <button type="button" className="chip" aria-label={`${title}, ${t('law.ruleClear')}`} onClick={clear}>
        {title} <CloseOutlined aria-hidden />
      </button>
    </p>
  )
}
