import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ReactNode, useEffect } from 'react'
import { useText } from '../shared/text.ts'
import { useTheme } from '../shared/theme.ts'
import { themeConfig } from './theme-config.ts'

/** Language and appearance of everything that is made of the component library. */
export function Look({ children }: { children: ReactNode }) {
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
      form={{ requiredMark: true, scrollToFirstError: { behavior: 'smooth', block: 'center', focus: true } }}
    >
      <App>{children}</App>
    </ConfigProvider>
  )
}
