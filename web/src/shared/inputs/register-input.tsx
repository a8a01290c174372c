import { Select } from 'antd'
import { answer, api } from '../api.ts'
import { todayInOffice } from '../days.ts'
import { useTenant } from '../me.ts'
import { useQuery } from '../query.ts'
import { useText } from '../text.ts'

/** Entries of a register, for what is taken from it. */
export function useRegister(register: string) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['register', tenant, register],
    queryFn: () =>
      answer(
        api[':tenant'].registers[':register'].entries.$get({
          param: { tenant, register },
          query: { limit: '200' },
        }),
      ),
  })
}

/** One of the names that stand in a register today. */
export function RegisterInput(props: {
  id?: string
  'aria-label': string
  register: string
  value: unknown
  give: (value: unknown) => void
}) {
  const { t } = useText()
  const { register, value, give, ...named } = props
  const { data } = useRegister(register)
  const today = todayInOffice()
  const valid = data?.items.filter((one) => one.to === null || one.to >= today)
  return (
    <Select
      {...named}
      showSearch
      allowClear
      placeholder={t('cases.choose')}
      value={value}
      onChange={give}
      options={valid?.map((one) => ({ value: one.name, label: one.name }))}
    />
  )
}
