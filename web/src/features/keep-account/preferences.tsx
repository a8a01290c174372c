import { App, Checkbox } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import { CATEGORIES, type NoticeCategory } from '../../shared/notices/notices.ts'
import { Loaded, Section } from '../../shared/page.tsx'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct, useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

/** Which categories count on the bell. */
export function Preferences() {
  const { t } = useText()
  const tenant = useTenant()
  const { message } = App.useApp()
  const query = useQuery({
    queryKey: ['notice-preferences', tenant],
    queryFn: () => answer(api[':tenant'].me['notice-preferences'].$get({ param: { tenant } })),
  })
  const keep = useAct((muted: NoticeCategory[]) =>
    answer(api[':tenant'].me['notice-preferences'].$put({ param: { tenant }, json: { muted } })),
  )
  return (
    <Section title={t('desk.heard')}>
      <p className="quiet">{t('desk.heardHint')}</p>
      <Loaded query={query}>
        {({ muted }) => (
          <Checkbox.Group
            className="checks"
            value={CATEGORIES.filter((one) => !(keep.isPending ? keep.variables : muted).includes(one))}
            options={CATEGORIES.map((one) => ({ value: one, label: t(`desk.${one}`) }))}
            onChange={(heard) =>
              keep.mutate(
                CATEGORIES.filter((one) => !heard.includes(one)),
                { onSuccess: () => void message.success(t('desk.kept')) },
              )
            }
          />
        )}
      </Loaded>
      <ProblemAlert error={keep.error} />
    </Section>
  )
}
