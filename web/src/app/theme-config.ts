import { theme as antd, type ThemeConfig } from 'antd'
import type { Mode } from '../shared/theme.ts'

const SHARED = {
  borderRadius: 4,
  fontFamily:
    '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif',
}

/** Ant Design's tokens for a mode; texts keep the contrast that WCAG AA asks for. */
export function themeConfig(mode: Mode): ThemeConfig {
  if (mode === 'dark')
    return {
      algorithm: antd.darkAlgorithm,
      token: {
        ...SHARED,
        colorPrimary: '#3b82d9',
        colorLink: '#7db3f2',
        colorTextDescription: 'rgba(255,255,255,0.7)',
        colorTextPlaceholder: 'rgba(255,255,255,0.6)',
        colorTextDisabled: 'rgba(255,255,255,0.55)',
      },
      components: {
        Button: {
          colorPrimary: '#2a6bbd',
          algorithm: true,
          defaultHoverColor: '#9cc6fa',
          defaultHoverBorderColor: '#7db3f2',
          defaultActiveColor: '#9cc6fa',
        },
        Tabs: { itemSelectedColor: '#7db3f2', itemHoverColor: '#9cc6fa', itemActiveColor: '#9cc6fa' },
      },
    }
  const contrast = mode === 'contrast'
  return {
    algorithm: antd.defaultAlgorithm,
    token: {
      ...SHARED,
      colorPrimary: contrast ? '#00347a' : '#1554ad',
      colorLink: contrast ? '#00347a' : '#1554ad',
      colorError: contrast ? '#a8071a' : '#cf1322',
      colorText: contrast ? '#000' : 'rgba(0,0,0,0.88)',
      colorTextSecondary: contrast ? '#1a1a1a' : 'rgba(0,0,0,0.7)',
      colorTextDescription: contrast ? '#1a1a1a' : 'rgba(0,0,0,0.64)',
      colorTextPlaceholder: contrast ? '#333' : 'rgba(0,0,0,0.6)',
      colorTextDisabled: contrast ? '#333' : 'rgba(0,0,0,0.6)',
      ...(contrast ? { colorBorder: '#000', colorBorderSecondary: '#555', lineWidth: 1.5 } : {}),
    },
    components: { Table: { rowSelectedBg: '#e8f0fa', rowSelectedHoverBg: '#dbe7f6' } },
  }
}
