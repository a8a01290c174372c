import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startFailure, startOptions } from '../../functions/cli/start-options.ts'

describe('the options of npm start', () => {
  it('have defaults, and are read as written', () => {
    expect(startOptions([])).toEqual({ data: resolve('.data'), port: 8787, behindProxy: false, demo: true })
    expect(
      startOptions(['--no-demo', '--data', '/srv/zx', '--port=80', '--origin', 'https://zx.example.cn/']),
    ).toEqual({ data: '/srv/zx', port: 80, origin: 'https://zx.example.cn', behindProxy: false, demo: false })
  })

  it.each([
    [['--port', 'abc'], '端口「abc」'],
    [['--port', '70000'], '端口「70000」'],
    [['--port'], '--port 后缺少值'],
    [['--data', '--no-demo'], '--data 后缺少值'],
    [['--prot', '80'], '没有「--prot」'],
    [['serve'], '没有「serve」'],
    [['--no-demo=1'], '--no-demo 不带值'],
    [['--origin', 'zx.example.cn'], '地址「zx.example.cn」'],
    [['--origin', 'https://zx.example.cn/portal'], '地址「https://zx.example.cn/portal」'],
  ])('%j are refused with how to write them', (args, said) => {
    expect(() => startOptions(args)).toThrow(said)
    expect(() => startOptions(args)).toThrow('用法: npm start')
  })

  it('a taken port is said in words', () => {
    const taken = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' })
    expect(startFailure(taken, 8787)).toContain('端口 8787 已被占用')
    expect(startFailure(new Error('数据目录正由另一个进程使用'), 1)).toBe('数据目录正由另一个进程使用')
  })
})
