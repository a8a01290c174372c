import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { cases } from './texts/cases.ts'
import { desk } from './texts/desk.ts'
import { general } from './texts/general.ts'
import { law } from './texts/law.ts'
import { lists } from './texts/lists.ts'
import { people } from './texts/people.ts'
import { plans } from './texts/plans.ts'
import { platform } from './texts/platform.ts'
import { project } from './texts/project.ts'
import { work } from './texts/work.ts'

const AREAS = { general, cases, desk, law, lists, people, plans, platform, project, work } as const

/** `area.name` of a text. */
export type TextKey = {
  [A in keyof typeof AREAS]: `${A}.${keyof (typeof AREAS)[A] & string}`
}[keyof typeof AREAS]

/** Languages of the interface; the law itself is always shown as it is written. */
export const LANGUAGES = { 'zh-CN': '简体中文', en: 'English' } as const
export type Language = keyof typeof LANGUAGES

const STORED = 'language'

/** Starts the texts in the language chosen last. */
export async function startTexts(): Promise<void> {
  const stored = localStorage.getItem(STORED)
  await i18next.use(initReactI18next).init({
    lng: stored === 'en' ? 'en' : 'zh-CN',
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: resource(0) }, en: { translation: resource(1) } },
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = i18next.language
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}

/** The reader's language, and texts in it. */
export function useText(): {
  t: (key: TextKey, values?: Record<string, unknown>) => string
  language: Language
} {
  const { t, i18n } = useTranslation()
  return {
    t: (key, values) => t(key, { ...values }),
    language: i18n.language === 'en' ? 'en' : 'zh-CN',
  }
}

function resource(place: 0 | 1): Record<string, Record<string, string>> {
  const area = (texts: Record<string, readonly [string, string]>) =>
    Object.fromEntries(Object.entries(texts).map(([name, pair]) => [name, pair[place]]))
  return Object.fromEntries(Object.entries(AREAS).map(([name, texts]) => [name, area(texts)]))
}
