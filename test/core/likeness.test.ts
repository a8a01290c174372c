import { expect, it } from 'vitest'
import { likeness } from '../../functions/core/case/likeness.ts'

it('two names are alike by what they are about, not by the words that all such names share', () => {
  expect(likeness('智慧教育平台建设项目', '智慧停车平台建设项目')).toBe(0)
  expect(likeness('全民健康信息平台', '全民健康信息平台二期')).toBe(1)
  expect(likeness('社会救助一体化平台', '社会救助精准识别')).toBeGreaterThan(0.5)
  expect(likeness('校园安全联动平台', '校园安防升级')).toBeGreaterThan(0)
  expect(likeness('ＧＩＳ地图服务', 'gis地图')).toBe(1)
})

it('a name of generic words alone is compared as a whole, and one without letters is like none', () => {
  expect(likeness('数字平台', '数字平台')).toBe(1)
  expect(likeness('数字平台', '智慧停车')).toBe(0)
  expect(likeness('——', '——')).toBe(0)
  expect(likeness('', '停车')).toBe(0)
})
