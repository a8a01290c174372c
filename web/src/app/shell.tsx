import { MenuOutlined } from '@ant-design/icons'
import { Button, Drawer, Grid } from 'antd'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { NavLink, Outlet, ScrollRestoration, useLocation, useNavigationType } from 'react-router'
import { wantHeading } from '../shared/heading-focus.ts'
import { LeaveGuard } from '../shared/leave-guard.tsx'
import { useMe } from '../shared/me.ts'
import { useText } from '../shared/text.ts'
import { HeaderMenus } from './header-menus.tsx'
import { menuOf } from './menu.tsx'
import { SearchButton } from './search-button.tsx'

/** The frame of every page: jurisdiction, menu by role, who is signed in. */
export function Shell() {
  const { t } = useText()
  const me = useMe()
  const wide = Grid.useBreakpoint().lg ?? true
  const [open, setOpen] = useState(false)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes whenever the page changes
  useEffect(() => setOpen(false), [pathname])
  const shown = useRef(pathname)
  const way = useNavigationType()
  // Before the effects of the page itself. What is opened first, or led to from there, keeps the focus where the
  // browser begins: at the skip link.
  useLayoutEffect(() => {
    if (shown.current !== pathname && way !== 'REPLACE') wantHeading()
    shown.current = pathname
  }, [pathname, way])
  const place = me.tenant?.name ?? t('general.product')
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('general.skip')}
      </a>
      <header className="top">
        {!wide && (
          <Button
            type="text"
            className="top-button"
            icon={<MenuOutlined aria-hidden />}
            aria-label={t('general.openMenu')}
            onClick={() => setOpen(true)}
          />
        )}
        <span className="brand">
          <img src="/icon.svg" alt="" width={26} height={26} />
          <strong>{place}</strong>
          {wide && <span className="brand-sub">{t('general.slogan')}</span>}
        </span>
        <SearchButton me={me} wide={wide} />
        <HeaderMenus me={me} wide={wide} />
      </header>
      <div className="body">
        {wide ? (
          <Navigation className="side" />
        ) : (
          <Drawer open={open} onClose={() => setOpen(false)} placement="left" size={240} title={place}>
            <Navigation />
          </Drawer>
        )}
        <main id="main" className="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <ScrollRestoration />
      <LeaveGuard />
    </div>
  )
}

function Navigation({ className = '' }: { className?: string }) {
  const { t } = useText()
  const me = useMe()
  return (
    <nav className={`nav ${className}`} aria-label={t('general.menu')}>
      {menuOf(me).map((entry) => (
        <NavLink
          key={entry.path}
          to={entry.path}
          end={entry.path === '/tenants' || entry.path === '/oversight'}
        >
          {entry.icon}
          <span>{t(entry.text)}</span>
        </NavLink>
      ))}
    </nav>
  )
}
