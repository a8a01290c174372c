import { AppError } from '../errors.ts'

/** No version of the tenant's policy is in force on a day. */
export function noPolicy(day: string): AppError {
  return new AppError('no-policy', `${day} 没有生效的管理办法`)
}
