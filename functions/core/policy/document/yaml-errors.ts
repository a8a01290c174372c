import type { YAMLError } from 'yaml'

/** What the reader of YAML complains about, for an author who writes Chinese; its own words where none fit better. */
export function yamlErrorText(error: YAMLError): string {
  const said = TEXTS[error.code]
  return `YAML 写法有误: ${said ?? error.message.split(/ at line|\n/)[0]}`
}

const TEXTS: Partial<Record<YAMLError['code'], string>> = {
  BAD_ALIAS: '引用(*)没有对应的锚点(&)',
  BAD_INDENT: '缩进不对, 同一层的键须左对齐',
  BAD_SCALAR_START: '文字以特殊符号开头, 须加引号',
  BAD_DQ_ESCAPE: '双引号里的转义符不对',
  BLOCK_AS_IMPLICIT_KEY: '冒号后又出现了另一个键, 须另起一行并缩进, 或给文字加引号',
  BLOCK_IN_FLOW: '{} 或 [] 之内不能换成缩进的写法',
  DUPLICATE_KEY: '同一层里有重复的键',
  MISSING_CHAR: '缺少符号, 如引号、右括号或逗号',
  MULTILINE_IMPLICIT_KEY: '键后缺少冒号, 或这一行没有写完',
  MULTIPLE_DOCS: '一个文件只能有一份办法, 去掉「---」',
  TAB_AS_INDENT: '缩进须用空格, 不能用制表符',
  UNEXPECTED_TOKEN: '这里出现了意料之外的符号',
}
