import { BgColorsOutlined, GlobalOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useNavigate } from 'react-router'
import { answer, api } from '../shared/api.ts'
import type { Me } from '../shared/me.ts'
import { queries } from '../shared/query.ts'
import { chooseLanguage, LANGUAGES, type Language, type TextKey, useText } from '../shared/text.ts'
import { chooseTheme, MODES, type Mode, useTheme } from '../shared/theme.ts'
import { Bell } from './bell.tsx'

/** Language, appearance and the person's own menu. */
export function HeaderMenus({ me, wide }: { me: Me; wide: boolean }) {
  const { t } = useText()
  const navigate = useNavigate()
  const signOut = async () => {
    await answer(api.session.$delete())
    queries.clear()
    await navigate('/sign-in')
  }
  const who = me.organisation ? `${me.organisation.name} ${me.user.name}` : me.user.name
  return (
    <span className="top-menus">
      <Bell />
      <AppearanceMenus />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'who', type: 'group', label: `${who} · ${t(`general.${me.user.role}` as TextKey)}` },
            ...(me.tenant ? [{ key: 'account', label: t('general.account') }] : []),
            { key: 'out', label: t('general.signOut') },
          ],
          onClick: ({ key }) => void (key === 'out' ? signOut() : navigate('/account')),
        }}
      >
        <Button
          type="text"
          className="top-button"
          icon={<UserOutlined aria-hidden />}
          aria-label={`${t('general.account')}: ${who}`}
        >
          {wide ? who : undefined}
        </Button>
      </Dropdown>
    </span>
  )
}

export function AppearanceMenus() {
  const { t, language } = useText()
  const mode = useTheme()
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: Object.entries(LANGUAGES).map(([key, label]) => ({ key, label })),
          selectedKeys: [language],
          onClick: ({ key }) => void chooseLanguage(key as Language),
        }}
      >
        <Button
          type="text"
          className="top-button"
          icon={<GlobalOutlined aria-hidden />}
          aria-label={t('general.language')}
        />
      </Dropdown>
      <Dropdown
        trigger={['click']}
        menu={{
          items: MODES.map((key) => ({ key, label: t(`general.${key}`) })),
          selectedKeys: [mode],
          onClick: ({ key }) => chooseTheme(key as Mode),
        }}
      >
        <Button
          type="text"
          className="top-button"
          icon={<BgColorsOutlined aria-hidden />}
          aria-label={t('general.appearance')}
        />
      </Dropdown>
    </>
  )
}
