import { QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect } from 'react'
import { RouterProvider } from 'react-router'
import { queries } from '../shared/query.ts'
import { useText } from '../shared/text.ts'
import { themeConfig, useTheme } from '../shared/theme.ts'
import { router } from './routes.tsx'

/** The portal: language, theme, cache, pages. */
export function App() {
  const { language } = useText()
  const mode = useTheme()
  useEffect(() => {
    dayjs.locale(language === 'en' ? 'en' : 'zh-cn')
  }, [language])
  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      theme={themeConfig(mode)}
      button={{ autoInsertSpace: false }}
      form={{ requiredMark: true, scrollToFirstError: { behavior: 'smooth', block: 'center' } }}
    >
      <QueryClientProvider client={queries}>
        <AntApp>
          <RouterProvider router={router} />
        </AntApp>
      </QueryClientProvider>
    </ConfigProvider>
  )
}
