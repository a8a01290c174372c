import { Button, Checkbox, Empty, Segmented, Select } from 'antd'
import { useSearchParams } from 'react-router'
import { ASPECTS } from '../../../../functions/core/policy/aspects.ts'
import { type Answered, answer, api } from '../../shared/api.ts'
import { Loaded, Page, Section } from '../../shared/page.tsx'
import { stageName } from '../../shared/policy-words.ts'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { RuleCell } from './rule-cell.tsx'
import { useSummary } from './use-oversight.ts'

export type Compared = Answered<Awaited<ReturnType<typeof api.oversight.policies.$get>>>

/** Ways differ so much from place to place that each is worth a row. */
const ALWAYS_ALL: ReadonlySet<string> = new Set(['route', 'threshold', 'change'])

/** What the jurisdictions rule about the same things, one row a thing, one column a jurisdiction. */
export function ComparePage() {
  const { t } = useText()
  const [asked, setAsked] = useSearchParams()
  const change = (name: string, value: string | undefined) => {
    const all = new URLSearchParams(asked)
    if (name !== 'aspect' && name !== 'all') all.delete('after')
    value ? all.set(name, value) : all.delete(name)
    setAsked(all)
  }
  const jurisdiction = asked.get('jurisdiction') ?? undefined
  const after = asked.get('after') ?? undefined
  const everywhere = useSummary({})
  const query = useQuery({
    queryKey: ['oversight-policies', jurisdiction, after],
    queryFn: () =>
      answer(
        api.oversight.policies.$get({
          query: { ...(jurisdiction && { jurisdiction }), ...(after && { after }) },
        }),
      ),
    placeholderData: (before) => before,
  })
  const aspect = ASPECTS.find((one) => one === asked.get('aspect'))
  const all = asked.get('all') === 'true'
  return (
    <Page
      name={t('platform.compare')}
      title={t('platform.compare')}
      lead={query.data && `${t('platform.asOf', { on: query.data.on })} · ${t('platform.compareLead')}`}
      extra={
        <Select
          allowClear
          className="filter-unit"
          aria-label={t('platform.jurisdiction')}
          placeholder={t('platform.jurisdiction')}
          value={jurisdiction}
          onChange={(value) => change('jurisdiction', value)}
          options={everywhere.data?.byJurisdiction.map((one) => ({ value: one.id, label: one.name }))}
        />
      }
    >
      <div className="compare-tools">
        <Segmented
          aria-label={t('platform.aspect')}
          value={aspect ?? 'every'}
          onChange={(value) => change('aspect', value === 'every' ? undefined : value)}
          options={[
            { value: 'every', label: t('platform.everyAspect') },
            ...ASPECTS.map((one) => ({ value: one, label: t(`platform.aspect-${one}`) })),
          ]}
        />
        <Checkbox
          checked={all}
          onChange={(event) => change('all', event.target.checked ? 'true' : undefined)}
        >
          {t('platform.alsoSingle')}
        </Checkbox>
      </div>
      <Loaded query={query}>
        {(compared) => (
          <>
            {ASPECTS.filter((one) => aspect === undefined || one === aspect).map((one) => (
              <AspectTable key={one} aspect={one} compared={compared} all={all} chosen={one === aspect} />
            ))}
            {compared.next && (
              <Button onClick={() => change('after', compared.next ?? undefined)}>
                {t('platform.nextJurisdictions')}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function AspectTable(props: {
  aspect: (typeof ASPECTS)[number]
  compared: Compared
  all: boolean
  chosen: boolean
}) {
  const { t } = useText()
  const { aspect, compared, all } = props
  const many = compared.jurisdictions.length > 1 && !all && !ALWAYS_ALL.has(aspect)
  const rows = compared.rows.filter(
    (row) => row.aspect === aspect && (!many || Object.keys(row.cells).length > 1),
  )
  if (rows.length === 0)
    return !props.chosen ? null : (
      <Section title={t(`platform.aspect-${aspect}`)}>
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('platform.noneShared')} />
      </Section>
    )
  return (
    <Section title={t(`platform.aspect-${aspect}`)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too */}
      <section className="compare-scroll" tabIndex={0} aria-label={t(`platform.aspect-${aspect}`)}>
        <table className="compare">
          <thead>
            <tr>
              <th scope="col">{t('platform.matter')}</th>
              {compared.jurisdictions.map(({ id, name, policy }) => (
                <th scope="col" key={id}>
                  {name}
                  <small>
                    {policy
                      ? `${t('platform.since', { on: policy.effectiveOn })}${policy.source === 'commentary' ? ` · ${t('platform.commentary')}` : ''}`
                      : t('platform.noPolicy')}
                  </small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">
                  {row.title}
                  {row.stage && <small>{stageName(row.stage)}</small>}
                </th>
                {compared.jurisdictions.map((one) => (
                  <td key={one.id}>
                    <RuleCell lines={row.cells[one.id]} jurisdiction={one} title={row.title} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  )
}
