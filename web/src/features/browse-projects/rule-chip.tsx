import { CloseOutlined } from '@ant-design/icons'
import { RULE_KINDS, ruleBook } from '../../../../functions/core/policy/touch/rule-book.ts'
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
  const kind = RULE_KINDS.find((one) => rule.startsWith(`${one}:`))
  const title = unit ?? named?.title ?? t('law.ruleGone')
  const told = kind ? `${t(`law.kind-${kind}`)} · ${title}` : title
  return (
    <p className="rule-chip">
      <span className="quiet">{t('law.ruleFilter')}:</span>
      <button type="button" className="chip" aria-label={`${told}, ${t('law.ruleClear')}`} onClick={clear}>
        {told} <CloseOutlined aria-hidden />
      </button>
    </p>
  )
}
